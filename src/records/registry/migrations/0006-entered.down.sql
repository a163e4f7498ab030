drop table registry.entered;
