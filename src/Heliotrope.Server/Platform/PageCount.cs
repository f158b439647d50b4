using Heliotrope.Core.People;
using Heliotrope.Server.Database;

namespace Heliotrope.Server.Platform;

/// <summary>A number for the bar of every page, counted before the page is made and only for pages.</summary>
/// <param name="count">Counts what waits for a person with this id now.</param>
internal sealed class PageCount(Func<HeliotropeDb, long, DateTimeOffset, Task<int>> count)
{
    /// <summary>The count for this page; zero where none was made.</summary>
    public int Of(HttpContext? http) => http?.Items[this] is int counted ? counted : 0;

    /// <summary>Counts before a page is made.</summary>
    public async ValueTask<object?> Before(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var accepts = http.Request.Headers.Accept.ToString(); // a script that saves a draft asks for no page
        if ((accepts.Length == 0 || accepts.Contains("text/html", StringComparison.Ordinal)) && http.Actor() is { Kind: ActorKind.Person, Id: { } person } actor)
        {
            var services = http.RequestServices;
            http.Items[this] = await services.GetRequiredService<Store>().Read(actor, db => count(db, person, services.GetRequiredService<TimeProvider>().Now()));
        }

        return await next(context);
    }
}
