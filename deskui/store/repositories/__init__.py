"""The ports of `deskui.desk.ports`, on the tables: a fixed number of statements for any number of rows."""
