drop schema complaints cascade;
