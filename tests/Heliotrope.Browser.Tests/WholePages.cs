using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>The pages on which conversations are merged, split, moved and printed, for <see cref="EveryPage"/>.</summary>
internal static class WholePages
{
    public static async Task See(Journey journey, IPage page, Inspection inspect, long number)
    {
        var others = await journey.Server.Store.Read(db => Task.FromResult(db.Conversations.Where(c => c.Number != number && !c.IsSpam).Select(c => c.Number).Take(1).ToList()));
        await inspect.See(page, $"/conversations/{number}/merge", "Make one of them");
        await inspect.See(page, $"/conversations/{number}/merge?into={others[0]}", "Make one of them");
        await inspect.See(page, $"/conversations/{number}/split", "Split or move messages");
        await inspect.See(page, $"/conversations/{number}/customer", "Whose conversation is it?");
        await inspect.See(page, $"/conversations/{number}/print?notes=yes", "The grinder only hums");
        await inspect.See(page, $"/conversations/{number}?find=grinder", "The grinder only hums");
    }
}
