-- The two roles of Gehoord and its database, for a fresh PostgreSQL 15 or newer. Run once, as a superuser:
--
--   GEHOORD_OWNER_PASSWORD=… GEHOORD_APP_PASSWORD=… psql -v ON_ERROR_STOP=1 -U postgres -f roles.sql
--
-- gehoord_owner owns the tables and runs migrations. gehoord_app is the role the program works with: it owns nothing, so row-level
-- security applies to it; `gehoord migrate` grants it its rights on each table.
\set ON_ERROR_STOP on
\getenv owner_password GEHOORD_OWNER_PASSWORD
\getenv app_password GEHOORD_APP_PASSWORD
create role gehoord_owner login nosuperuser nocreatedb nocreaterole nobypassrls password :'owner_password';
create role gehoord_app login nosuperuser nocreatedb nocreaterole nobypassrls password :'app_password';
create database gehoord owner gehoord_owner encoding 'UTF8' template template0;
revoke all on database gehoord from public;
grant connect on database gehoord to gehoord_app;
\connect gehoord
revoke create on schema public from public;
