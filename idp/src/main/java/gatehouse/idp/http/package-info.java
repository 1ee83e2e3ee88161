/**
 * Plain HTTP values between the edge and the rooms: requests read within limits, replies, routes, and how a route says
 * no. Knows no framework and no protocol. Everybody may enter.
 */
package gatehouse.idp.http;
