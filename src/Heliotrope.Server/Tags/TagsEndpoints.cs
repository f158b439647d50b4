using Heliotrope.Server.Conversations;
using Heliotrope.Server.Platform;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Tags;

/// <summary>The forms with tags beside a conversation.</summary>
internal static class TagsEndpoints
{
    public static void Map(IEndpointRouteBuilder desk) => desk.MapPost("/conversations/{number:long}/tags",
        async (long number, [FromForm] string? add, [FromForm] string? remove, ChangeTags change, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await change.Run(http.Actor(), number, new(add is null ? null : [add], remove is null ? null : [remove]), http.RequestAborted)));
}
