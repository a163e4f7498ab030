-- Without its keys nothing sealed can ever be opened: take the book of people back first.
drop schema vault cascade;
