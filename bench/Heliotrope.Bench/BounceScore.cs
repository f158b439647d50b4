using System.Text.Json.Nodes;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Bench;

/// <summary>How well bounces and reports are recognised and read, and how often other mail is taken for them. Every failure is printed.</summary>
public static class BounceScore
{
    public static void Run()
    {
        var failures = new List<string>();
        int known = 0, all = 0, codes = 0, codesRight = 0, classes = 0, classesRight = 0, recipients = 0, withRecipient = 0;
        foreach (var (file, row) in Material.Rows("mail"))
        {
            var message = MailReader.Read(Material.Bytes(row));
            if (file != "bounces-odd")
            {
                continue;
            }
            var expected = row["expected"]!;
            var taken = message.Auto is AutoKind.Bounce or AutoKind.Report or AutoKind.AutoReply;
            all++;
            known += taken == expected["is_bounce_or_report"]!.GetValue<bool>() ? 1 : 0;
            if (taken != expected["is_bounce_or_report"]!.GetValue<bool>())
            {
                failures.Add($"{row["id"]}: taken for {message.Auto}; subject «{message.Subject}»");
                continue;
            }
            if (message.Auto == AutoKind.Bounce)
            {
                recipients++;
                withRecipient += message.Bounce!.Recipient is null ? 0 : 1;
            }
            if (expected["recipients"] is JsonArray { Count: > 0 } told && message.Bounce is { } bounce
                && told.Select(one => one!["dsn"]?.GetValue<string>() ?? "").Where(dsn => dsn.Length > 0).ToList() is { Count: > 0 } wanted)
            {
                classes++;
                classesRight += wanted.Exists(dsn => dsn[0] == bounce.Status?[0]) ? 1 : 0;
                // Their own numbers from 900 on stand in no notice and in no RFC; whether it lasts can be compared all the same.
                var real = wanted.FindAll(dsn => dsn.Split('.') is [.., { Length: < 3 }] || dsn.Split('.')[^1][0] != '9');
                codes += real.Count > 0 ? 1 : 0;
                codesRight += real.Contains(bounce.Status ?? "") ? 1 : 0;
                if (real.Count > 0 ? !real.Contains(bounce.Status ?? "") : !wanted.Exists(dsn => dsn[0] == bounce.Status?[0]))
                {
                    failures.Add($"{row["id"]}: status {bounce.Status ?? "none"}, wanted {string.Join(" or ", wanted)} ({told[0]!["reason"]})");
                }
            }
        }
        if (all == 0)
        {
            throw new BenchException("There is no material: say where it is with HELIOTROPE_SHARED_DATA.");
        }
        Figures.Head("", "right", "of");
        Figures.Row("taken for mail of a machine, or not", known, all);
        Figures.Row("recipient found", withRecipient, recipients);
        Figures.Row("status code the same", codesRight, codes);
        Figures.Row("lasting or passing the same", classesRight, classes);
        Console.WriteLine();
        failures.ForEach(Console.WriteLine);
        FalseAlarms();
    }

    /// <summary>The other mails are ordinary but for some, which are printed to be looked at.</summary>
    private static void FalseAlarms()
    {
        var others = Material.Rows("mail").Where(row => row.File != "bounces-odd").Select(row => (row.Row["id"]!.GetValue<string>(), Material.Bytes(row.Row)))
            .Concat(Material.Corpus().Where(one => one.Name.StartsWith("ordinary", StringComparison.Ordinal))).ToList();
        Console.WriteLine();
        Console.WriteLine($"Of {others.Count} other mails these are taken for mail of a machine:");
        foreach (var (name, raw) in others)
        {
            var message = MailReader.Read(raw);
            if (message.Auto is AutoKind.Bounce or AutoKind.Report or AutoKind.AutoReply)
            {
                Console.WriteLine($"{name}: {message.Auto}; from {message.From?.Address ?? "nobody"}, subject «{message.Subject}»");
            }
        }
    }
}
