using System.Globalization;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Merging;

/// <summary>
/// Leads whoever asks for a conversation by a number of the past to what it became part of: pages by a new address, everything else by doing it there. So a form that
/// was open when two became one loses nothing, and a program may keep the number that it was told.
/// </summary>
internal static class FollowMerged
{
    public static EndpointFilterDelegate Filter(EndpointFilterFactoryContext endpoint, EndpointFilterDelegate next)
    {
        var at = Array.FindIndex(endpoint.MethodInfo.GetParameters(), p => p.Name == "number" && p.ParameterType == typeof(long));
        return at < 0 ? next : async context =>
        {
            var http = context.HttpContext;
            var number = context.GetArgument<long>(at);
            var store = http.RequestServices.GetRequiredService<Store>();
            if (await store.Read(http.Actor(), db => Merged.Into(db, number)) is not { } into)
            {
                return await next(context);
            }

            var old = string.Create(CultureInfo.InvariantCulture, $"/conversations/{number}");
            if (HttpMethods.IsGet(http.Request.Method) && http.Request.Path.Value is { } path && path.StartsWith(old, StringComparison.Ordinal))
            {
                return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/conversations/{into}{path[old.Length..]}{http.Request.QueryString}"));
            }

            context.Arguments[at] = into;
            return await next(context);
        };
    }
}
