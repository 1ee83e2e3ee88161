/** The commands of the command line, one class each. */
package gatehouse.idp.boot.command;
