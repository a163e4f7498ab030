drop schema people_export cascade;
