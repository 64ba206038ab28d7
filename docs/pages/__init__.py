"""What the generated pages say, one file a page. They are made from the program itself."""
