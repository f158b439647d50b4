using Heliotrope.Server.Conversations;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Spam;

/// <summary>The forms about spam: beside a conversation, and among the settings.</summary>
internal static class SpamEndpoints
{
    public static void Map(IEndpointRouteBuilder desk) => desk.MapPost("/conversations/{number:long}/spam",
        async (long number, [FromForm] string? choice, MarkSpam mark, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await mark.Run(http.Actor(), number, new(choice is not "no", choice is "block"), http.RequestAborted), ("choice", choice)));

    public static void MapSettings(IEndpointRouteBuilder admin)
    {
        admin.MapPost("/blocked-senders", async ([FromForm] string? sender, ChangeBlockedSenders change, SettingsEndpoints.Screen screen, HttpContext http) =>
            await screen.After(http, "senders", (await change.Add(http.Actor(), new(sender), http.RequestAborted)).Refusal, ("sender", sender)));
        admin.MapPost("/blocked-senders/remove", async ([FromForm] string? sender, ChangeBlockedSenders change, SettingsEndpoints.Screen screen, HttpContext http) =>
            await screen.After(http, "senders", (await change.Remove(http.Actor(), new(sender), http.RequestAborted)).Refusal));
    }
}
