"""One file a way of reading: a window to the machine in, a raw value or a reason out."""
