namespace Heliotrope.Bench;

/// <summary>What rules cost intake: mails accepted per second with none, 10 and 50 rules that look at every mail.</summary>
public static class RulesCost
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static async Task Run(TimeSpan time, CancellationToken cancel)
    {
        Figures.Head("", "mails/s", "of those without rules");
        double without = 0;
        foreach (var rules in new[] { 0, 10, 50 })
        {
            using var folder = new BenchFolder();
            using var server = await HeliotropeProcess.Start(folder, cancel);
            using var api = await Api.Connect(server, cancel, "admin");
            for (var i = 0; i < rules; i++)
            {
                // One asks the message alone and one in ten acts on whatever begins; the others look at the conversation and find nothing.
                object rule = (i % 10) switch
                {
                    0 => new { name = $"Acts {i}", when = "began", @if = "is:open -tag:never", then = new[] { new { kind = "tag", value = $"bench {i}" } } },
                    1 => new { name = $"Reads {i}", when = "customer-wrote", message = new[] { new { field = "from", value = "@nowhere.example" } }, then = new[] { new { kind = "tag", value = "bench" } } },
                    _ => new { name = $"Looks {i}", when = "customer-wrote", @if = $"is:open tag:other{i}", then = new[] { new { kind = "tag", value = "bench" } } },
                };
                var id = (await api.Send(HttpMethod.Post, "/api/v1/rules", rule, cancel)).GetProperty("id").GetInt64();
                await api.Send(HttpMethod.Post, $"/api/v1/rules/{id}/try", new { }, cancel);
                await api.Send(HttpMethod.Put, $"/api/v1/rules/{id}", new { on = true }, cancel);
            }

            var sent = new IntakeRate.Sent();
            await IntakeRate.Send(server, "warm", senders: 4, WarmUp, sent, cancel);
            var rate = await IntakeRate.Send(server, "four", senders: 4, time, sent, cancel);
            without = rules == 0 ? rate : without;
            if ((await api.Conversations(cancel)).Count is var found && found != sent.Conversations)
            {
                throw new BenchException($"{sent.Conversations} matters were accepted, but {found} conversations are there.");
            }

            Figures.Row($"{rules} rules, 4 senders", rate, rate / without);
        }
    }
}
