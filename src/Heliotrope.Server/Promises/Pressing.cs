using Heliotrope.Core.Promises;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Promises;

/// <summary>Counts the promises that press whoever looks at a page: a reminder in the bar of every page.</summary>
internal static class Pressing
{
    private static readonly object Key = new();

    /// <summary>The count for this page; zero where none was made.</summary>
    public static int Of(HttpContext? http) => http?.Items[Key] is int count ? count : 0;

    /// <summary>Counts before a page is made.</summary>
    public static async ValueTask<object?> Count(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var accepts = http.Request.Headers.Accept.ToString(); // a script that saves a draft asks for no page
        if ((accepts.Length == 0 || accepts.Contains("text/html", StringComparison.Ordinal)) && http.Actor().Id is { } owner)
        {
            var now = http.RequestServices.GetRequiredService<TimeProvider>().Now();
            http.Items[Key] = await http.RequestServices.GetRequiredService<Store>().Read(http.Actor(), db => db.Promises.CountAsync(p => p.OwnerId == owner
                && ((p.State == PromiseState.Open && p.RemindAt <= now) || (p.State == PromiseState.Broken && p.DoneAt == null))));
        }

        return await next(context);
    }
}
