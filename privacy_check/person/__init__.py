"""The conversation with a person: what is asked, and the private files a person names."""
