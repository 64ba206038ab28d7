"""What each kind of rule file may hold, key by key: the tables behind decoder and schema."""
