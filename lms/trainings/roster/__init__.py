"""Reading lists of people as they are really sent: any sheet, any column order, either script. Pure; stores nothing."""
