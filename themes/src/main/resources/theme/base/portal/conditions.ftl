<#import "layout.ftl" as l>
<#macro shown list>
<ul class="checks"><#list list as condition><li class="<#if condition.holds>passed<#else>failed</#if>"><#if condition.holds><@l.mark verdict="passed"/><#else><@l.mark verdict="failed"/></#if><span class="checkname">${msg("condition." + condition.word)}</span><#if !condition.holds><a href="${condition.href}">${msg("condition.go")}<span class="sr">: ${msg("condition." + condition.word)}</span></a></#if></li></#list></ul>
</#macro>
