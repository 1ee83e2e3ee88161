/** What happened, told to extensions after it is committed. */
package gatehouse.spi.event;
