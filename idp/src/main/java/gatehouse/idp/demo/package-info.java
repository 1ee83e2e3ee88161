/** The demo app and its protected API: what {@code gatehouse demo} shows, wired nowhere else. */
package gatehouse.idp.demo;
