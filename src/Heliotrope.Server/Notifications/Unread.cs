using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Notifications;

/// <summary>Counts what the viewer has not read, for the bell in the bar of every page.</summary>
internal static class Unread
{
    private static readonly object Key = new();

    /// <summary>The count for this page; zero where none was made.</summary>
    public static int Of(HttpContext? http) => http?.Items[Key] is int count ? count : 0;

    /// <summary>Counts before a page is made.</summary>
    public static async ValueTask<object?> Count(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var accepts = http.Request.Headers.Accept.ToString(); // a script that saves a draft asks for no page
        if ((accepts.Length == 0 || accepts.Contains("text/html", StringComparison.Ordinal)) && http.Actor() is { Kind: ActorKind.Person, Id: { } user } actor)
        {
            http.Items[Key] = await http.RequestServices.GetRequiredService<Store>().Read(actor, db => ListNotifications.Theirs(db, user).Where(n => n.ReadAt == null).Take(ListNotifications.MostUnread).CountAsync());
        }

        return await next(context);
    }
}
