<#import "layout.ftl" as layout>
<@layout.frame heading=msg("identifier.title") failed=problem??>
<h1>${msg("identifier.title")}</h1>
<p class="to">${msg("signin.to", client)}</p>
<#if problem??><@layout.problem key=problem/></#if>
<form method="post" action="${action}">
<input type="hidden" name="step" value="${step}">
<label for="identifier">${msg("field.identifier")}</label>
<input id="identifier" name="identifier" type="email" value="${identifier}" autocomplete="username webauthn" inputmode="email" autocapitalize="none" spellcheck="false" maxlength="254" required<#if problem??> aria-invalid="true" aria-describedby="problem"<#else> autofocus</#if>>
<button name="action" value="continue">${msg("action.continue")}</button>
<@layout.cancel/>
</form>
</@layout.frame>
