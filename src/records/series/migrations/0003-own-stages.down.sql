drop policy own_stages on series.value;
