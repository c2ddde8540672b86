"""Windows, card and tray. PySide6; GUI thread; knows the application only through toolbar_port and toolbar_state."""
