"""What a file about an assessment says, in every form alike: values first, then one sequence of blocks, then rows; and the port."""
