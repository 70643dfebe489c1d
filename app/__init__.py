"""Everything a person or another program touches: window, commands, service, importers."""
