-- What people chose for themselves: see staff_setting_page.c.

-- name: staff_setting_get(user user_id) :one (language text, email text, early_mail bool)
-- The person's own; without a row the usual: a mail before a date too.
SELECT u.language, u.email, (s.early_mail IS NULL OR s.early_mail) FROM app_user u LEFT JOIN staff_setting s ON s.user_id = u.id
WHERE u.id = :user;

-- name: staff_setting_put(user user_id, early_mail bool) :exec
-- What the person chose.
INSERT INTO staff_setting (user_id, early_mail) VALUES (:user, :early_mail)
ON CONFLICT (user_id) DO UPDATE SET early_mail = :early_mail;

-- name: staff_setting_language(user user_id, language text) :exec
-- In which language the person gets mails.
UPDATE app_user SET language = :language WHERE id = :user;
