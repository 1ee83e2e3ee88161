/** The server's configuration: one YAML file, environment and secret files, read into records that are born valid. */
package gatehouse.idp.boot.config;
