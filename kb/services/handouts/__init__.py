"""What is handed out as files, whatever it is about: pieces of text in an order, and the port to the libraries that write them."""
