-- phase: grants
-- Choices listed from the plan grow with it, under the same version of a form.
grant update (hash, definition) on returns.form to kuoyou_platform;
