drop policy own_stages on seats.senior_share;
drop policy own_stages on seats.pupil_override;
drop policy own_stages on seats.housing_addition;
