"""Wing 1, text: read → split → embed → index → search. Needs numpy and the standard library only."""
