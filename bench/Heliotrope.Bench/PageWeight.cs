using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Heliotrope.Bench;

/// <summary>What a real browser fetches to show the inbox and a conversation: the first time, and when it has been here before.</summary>
public static class PageWeight
{
    private const int Letters = 10;

    public static async Task Run(CancellationToken cancel)
    {
        using var folder = new BenchFolder();
        using var server = await HeliotropeProcess.Start(folder, cancel);
        using (var connection = await SmtpConnection.Open(server.SmtpPort, cancel))
        {
            var source = new MailSource(1);
            for (var i = 0; i < 60; i++)
            {
                await connection.Send(source.First($"t{i}", $"Question {i}"), cancel);
            }

            for (var step = 2; step <= Letters; step++)
            {
                await connection.Send(source.Next("t0", step, "Question 0"), cancel);
            }
        }

        using var api = await Api.Connect(server, cancel);
        var number = (await api.Conversations(cancel)).Single(c => c.Subject == "Question 0").Number;
        using var desk = await Desk.SignIn(server, cancel);
        await using var screen = await Screen.Start();
        Figures.Head("", "requests", "bytes over the line", "bytes unpacked");
        foreach (var (name, path) in new[] { ("inbox of 50 rows", "/conversations"), ($"conversation of {Letters} messages", string.Create(CultureInfo.InvariantCulture, $"/conversations/{number}")) })
        {
            var page = await screen.Open(server, desk.Cookies);
            Row($"{name}, first visit", await Visit(page, path));
            Row($"{name}, again", await Visit(page, path));
            await page.Context.CloseAsync();
        }
    }

    private static void Row(string name, (int Requests, double Line, double Unpacked) weight) => Figures.Row(name, weight.Requests, weight.Line, weight.Unpacked);

    /// <summary>What goes over the network until everything of the page is there; what comes out of the browser's cache does not count.</summary>
    private static async Task<(int Requests, double Line, double Unpacked)> Visit(IPage page, string path)
    {
        var network = await page.Context.NewCDPSessionAsync(page);
        var gate = new Lock();
        var (line, unpacked, cached) = (new Dictionary<string, double>(), new Dictionary<string, double>(), new HashSet<string>());
        network.Event("Network.requestServedFromCache").OnEvent += (_, e) => Note(() => cached.Add(Id(e)));
        network.Event("Network.dataReceived").OnEvent += (_, e) => Note(() => unpacked[Id(e)] = unpacked.GetValueOrDefault(Id(e)) + e!.Value.GetProperty("dataLength").GetDouble());
        network.Event("Network.loadingFinished").OnEvent += (_, e) => Note(() => line[Id(e)] = e!.Value.GetProperty("encodedDataLength").GetDouble());
        await network.SendAsync("Network.enable");
        await network.SendAsync("Network.setBypassServiceWorker", new() { ["bypass"] = true }); // it asks for the page in our stead, where this session does not see it
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        await page.WaitForFunctionAsync("() => document.querySelectorAll('use').length > 0 && performance.getEntriesByType('resource').some(each => each.name.includes('sprite'))");
        await page.EvaluateAsync("() => new Promise(done => requestIdleCallback(() => done(null)))");
        await network.DetachAsync();
        lock (gate)
        {
            // What came out of the cache is reported with no bytes on the line.
            var fetched = line.Where(each => each.Value > 0 && !cached.Contains(each.Key)).ToList();
            return (fetched.Count, fetched.Sum(each => each.Value), fetched.Sum(each => unpacked.GetValueOrDefault(each.Key)));
        }

        void Note(Action note)
        {
            lock (gate)
            {
                note();
            }
        }

        static string Id(JsonElement? e) => e!.Value.GetProperty("requestId").GetString()!;
    }
}
