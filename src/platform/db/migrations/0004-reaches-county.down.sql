drop function access.reaches_county(integer, text[]);
