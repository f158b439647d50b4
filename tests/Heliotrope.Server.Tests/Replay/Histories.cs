using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Replay;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Replay;

/// <summary>Plays histories into a server of the tests, and reads what came of them.</summary>
internal static class Histories
{
    /// <summary>A team that works from nine to five in Berlin and has four hours for a first answer and eight for each later one.</summary>
    public const string Company = """
        replay: 1
        zone: Europe/Berlin
        teams:
        - name: Help
          hours: "Mon-Fri 09:00-17:00"
          addresses: [help@shop.example]
          firstAnswer: 4h
          nextAnswer: 8h
        people:
        - {name: Ines Adler, email: ines@shop.example, role: agent, team: Help}
        - {name: Ole Berg, email: ole@shop.example, role: lead}
        drivers: [Where is my order]
        stories:

        """;

    public static Task<Result<ReplaySummary>> Replay(this TestServer server, params string[] files) => server.Services.GetRequiredService<PlayHistories>().Run(
        Actor.System, new([.. files.Select((text, i) => new ReplayFile($"{(char)('a' + i)}.yaml", text))]), (_, _) => Task.CompletedTask, CancellationToken.None);

    /// <summary>Plays one story, and gives the conversation that it became, with its entries.</summary>
    public static async Task<Conversation> Story(this TestServer server, string name, string events)
    {
        var yaml = Company + $"""
            - story: {name}
              customer: Ada Lovelace <{name}@client.example>
              to: help@shop.example
              subject: {name}
              events:

            """ + events;
        var played = await server.Replay(yaml);
        Assert.True(played.Refusal is null, played.Refusal?.Detail);
        Assert.Equal(1, played.Value.Conversations);
        return await server.About(name);
    }

    public static Task<Conversation> About(this TestServer server, string subject) =>
        server.Store.Read(db => db.Conversations.Include(c => c.Entries.OrderBy(e => e.Id)).SingleAsync(c => c.Subject == subject));

    public static DateTimeOffset Utc(string at) => DateTimeOffset.Parse(at + "Z", System.Globalization.CultureInfo.InvariantCulture);
}
