using System.Text.RegularExpressions;
using Heliotrope.Core.People;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Database;
using Heliotrope.Server.Tests.Shell;

namespace Heliotrope.Server.Tests.Shape;

public sealed partial class SourceTests
{
    private const int MostLines = 400;

    private static readonly string[] Folders = ["src", "web", "tests"];
    private static readonly string[] Extensions = [".cs", ".razor", ".sql", ".ts", ".mjs", ".css"];
    private static readonly string[] Made = ["bin", "obj", "node_modules", "assets"];

    /// <summary>Which folder of the server may use which. A new arrow is a decision: it is made here.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Acts"] = ["Assignment", "Brands", "Confidence", "Conversations", "Customers", "Database", "Notifications", "Outbox", "OwnFields", "Platform", "Settings", "Shell", "Tags", "Teams"],
        ["Assignment"] = ["Conversations", "Database", "Live", "People", "Platform", "Settings"],
        ["Audit"] = ["Database", "People", "Platform", "Shell"],
        ["Brands"] = ["Conversations", "Customers", "Database", "People", "Platform", "Settings", "Shell", "Teams"],
        ["Bulk"] = ["Acts", "Conversations", "Database", "Outbox", "Platform", "Search", "Settings", "Shell", "Tags", "Teams", "Undo", "Views"],
        ["Channels"] = ["Database", "Drafts", "Merging", "Organisations", "Outbox", "People", "Platform", "Reading", "Settings", "Spam", "Teams"],
        ["Coach"] = ["Conversations", "Database", "Drafts", "Platform", "Promises", "Settings", "Shell", "Teams"],
        ["Commands"] = ["Channels", "Coach", "Database", "Demo", "Figures", "Imports", "People", "Platform", "Reading", "Replay", "Settings", "Setup", "Teams"],
        ["Confidence"] = ["Brands", "Conversations", "Customers", "Database", "Drafts", "Outbox", "Platform", "Reading", "Settings", "Teams"],
        ["Conversations"] = ["Assignment", "Brands", "Bulk", "Channels", "Coach", "Confidence", "Customers", "Database", "Drafts", "Figures", "Happiness", "Help", "LifeEvents", "Live", "Macros", "Notifications", "Organisations", "Outbox", "People", "Platform", "Promises", "Reading", "Search", "Settings", "Shell", "Spam", "Tags", "Teams", "Undo", "Views"],
        ["Customers"] = ["Conversations", "Database", "Happiness", "Imports", "LifeEvents", "Organisations", "OwnFields", "Platform", "Promises", "Settings", "Shell", "Undo"],
        ["Database"] = ["Brands", "Bulk", "Channels", "Coach", "Confidence", "Drafts", "Figures", "Help", "Imports", "LifeEvents", "Live", "Macros", "MailServices", "Mailboxes", "Merging", "Morning", "NextQuestion", "Notifications", "Outbox", "People", "Platform", "Plays", "Reading", "Rules", "Search", "Settings", "Signing", "Spam", "Tags", "Teams", "Undo", "Views"],
        ["Demo"] = ["Channels", "Confidence", "Conversations", "Database", "Figures", "Help", "LifeEvents", "Live", "Macros", "NextQuestion", "Outbox", "People", "Platform", "Plays", "Replay", "Rules", "Settings", "Shell", "Tags", "Teams"],
        ["Drafts"] = ["Brands", "Channels", "Coach", "Conversations", "Database", "Macros", "NextQuestion", "Notifications", "Outbox", "People", "Platform", "Plays", "Promises", "Settings", "Shell"],
        ["Figures"] = ["Conversations", "Database", "Platform", "Settings", "Shell"],
        ["Happiness"] = ["Conversations", "Database", "Figures", "Moments", "Platform", "Settings", "Shell", "Teams"],
        ["Help"] = ["Conversations", "Database", "Live", "Platform", "Shell"],
        ["Imports"] = ["Channels", "Conversations", "Database", "Figures", "Live", "People", "Platform", "Reading", "Settings", "Shell", "Tags", "Teams"],
        ["Jump"] = ["Conversations", "Database", "Platform", "Search", "Shell", "Views"],
        ["LifeEvents"] = ["Assignment", "Conversations", "Customers", "Database", "Drafts", "Notifications", "Outbox", "People", "Platform", "Reading", "Settings", "Shell", "Teams"],
        ["Live"] = ["Database", "People", "Platform", "Shell"],
        ["Macros"] = ["Acts", "Brands", "Conversations", "Customers", "Database", "Drafts", "Outbox", "Platform", "Settings", "Shell", "Teams"],
        ["Mailboxes"] = ["Channels", "Conversations", "Database", "Live", "Notifications", "Outbox", "People", "Platform", "Settings", "Shell"],
        ["MailServices"] = ["Channels", "Database", "People", "Platform", "Settings", "Shell"],
        ["Merging"] = ["Conversations", "Customers", "Database", "Figures", "LifeEvents", "Platform", "Settings", "Shell", "Teams", "Undo"],
        ["Moments"] = ["Database", "Figures", "Happiness", "Platform", "Shell", "Teams"],
        ["Morning"] = ["Coach", "Conversations", "Database", "Figures", "Happiness", "Moments", "Notifications", "Outbox", "People", "Platform", "Promises", "Recovery", "Settings", "Shell", "Teams", "Views"],
        ["NextQuestion"] = ["Conversations", "Database", "Drafts", "Happiness", "Help", "Macros", "Platform", "Settings", "Shell", "Teams"],
        ["Notifications"] = ["Channels", "Coach", "Conversations", "Database", "Live", "Outbox", "People", "Platform", "Promises", "Settings", "Shell", "Teams"],
        ["Organisations"] = ["Customers", "Database", "OwnFields", "Platform", "Shell"],
        ["Outbox"] = ["Brands", "Channels", "Conversations", "Database", "Mailboxes", "Platform", "Settings", "Shell", "Signing", "Teams"],
        ["OwnFields"] = ["Database", "People", "Platform", "Shell"],
        ["People"] = ["Conversations", "Database", "Platform", "Settings", "Shell"],
        ["Platform"] = ["Acts", "Assignment", "Audit", "Brands", "Bulk", "Channels", "Coach", "Confidence", "Conversations", "Customers", "Database", "Demo", "Drafts", "Figures", "Happiness", "Help", "Imports", "Jump", "LifeEvents", "Live", "Macros", "MailServices", "Mailboxes", "Merging", "Moments", "Morning", "NextQuestion", "Notifications", "Organisations", "Outbox", "OwnFields", "People", "Plays", "Promises", "Quarantine", "Reading", "Recovery", "Replay", "Rules", "Search", "Segments", "Settings", "Setup", "Shell", "Signing", "Spam", "Tags", "Teams", "Undo", "Views"],
        ["Plays"] = ["Acts", "Conversations", "Database", "Drafts", "Happiness", "Macros", "Platform", "Search", "Segments", "Settings", "Shell", "Teams"],
        ["Promises"] = ["Conversations", "Customers", "Database", "Drafts", "Happiness", "Live", "Outbox", "People", "Platform", "Settings", "Shell", "Teams"],
        ["Quarantine"] = ["Channels", "Database", "Platform", "Shell"],
        ["Reading"] = ["Conversations", "Database", "Platform", "Settings", "Shell", "Teams"],
        ["Recovery"] = ["Conversations", "Database", "Figures", "Happiness", "Outbox", "Platform", "Reading", "Settings", "Shell", "Undo"],
        ["Replay"] = ["Channels", "Confidence", "Conversations", "Database", "Drafts", "Happiness", "Help", "Live", "Merging", "Outbox", "People", "Platform", "Promises", "Reading", "Recovery", "Settings", "Spam", "Tags", "Teams"],
        ["Rules"] = ["Acts", "Conversations", "Database", "Notifications", "Outbox", "Platform", "Search", "Settings", "Shell", "Teams", "Undo"],
        ["Search"] = ["Conversations", "Database", "Platform", "Reading", "Shell"],
        ["Segments"] = ["Customers", "Database", "Platform", "Search", "Shell"],
        ["Settings"] = ["Brands", "Database", "Live", "People", "Platform", "Shell", "Spam", "Teams"],
        ["Setup"] = ["Database", "People", "Platform", "Settings", "Shell"],
        ["Shell"] = ["Database", "People", "Platform", "Settings"],
        ["Signing"] = ["Database", "Mailboxes", "People", "Platform", "Settings", "Shell"],
        ["Spam"] = ["Conversations", "Database", "People", "Platform", "Settings", "Shell", "Undo"],
        ["Tags"] = ["Conversations", "Database", "Platform", "Shell", "Undo"],
        ["Teams"] = ["Conversations", "Database", "Figures", "People", "Platform", "Settings", "Shell", "Undo"],
        ["Undo"] = ["Database", "Platform", "Settings", "Shell"],
        ["Views"] = ["Acts", "Conversations", "Database", "Outbox", "Platform", "Search", "Settings", "Shell", "Tags", "Teams", "Undo"],
    };

    private static IEnumerable<(string Path, string[] Lines)> Files() =>
        from folder in Folders
        from path in Directory.EnumerateFiles(Path.Combine(Sources.Root, folder), "*", SearchOption.AllDirectories)
        let within = Path.GetRelativePath(Sources.Root, path)
        where Extensions.Contains(Path.GetExtension(path)) && !within.Split(Path.DirectorySeparatorChar).Any(Made.Contains)
        select (within, File.ReadAllLines(path));

    [Fact]
    public void No_file_is_too_long_to_be_read_at_once()
    {
        var files = Files().ToList();
        Assert.True(files.Count > 150);
        Assert.All(files, file => Assert.True(file.Lines.Length <= MostLines, $"{file.Path} has {file.Lines.Length} lines"));
    }

    [Fact]
    public void Nothing_is_put_off_and_no_warning_is_switched_off()
    {
        // Written apart, so that this file may say them.
        string[] words = ["TO" + "DO", "FIX" + "ME", "#pragma " + "warning disable", "#nullable " + "disable", "Thread." + "Sleep", "Skip" + " = \""];
        Assert.All(Files(), file => Assert.All(file.Lines, line => Assert.DoesNotContain(words, word => line.Contains(word, StringComparison.Ordinal))));
    }

    [Fact]
    public void Each_size_and_colour_that_a_style_names_is_there()
    {
        var styles = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Sources.Root, "web", "styles"), "*.css").Select(File.ReadAllText));
        var there = Property().Matches(styles).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.True(there.Count > 30);
        Assert.All(Used().Matches(styles).Select(m => m.Groups[1].Value), name => Assert.Contains(name, there));
    }

    [Fact]
    public void The_rules_know_nothing_of_the_world() => Assert.All(
        typeof(Actor).Assembly.GetReferencedAssemblies(),
        reference => Assert.True(reference.Name!.StartsWith("System.", StringComparison.Ordinal) || reference.Name is "NodaTime" or "netstandard", reference.Name));

    [Fact]
    public void The_mail_library_knows_nothing_of_the_rest() => Assert.All(
        typeof(MailMessage).Assembly.GetReferencedAssemblies(),
        reference => Assert.DoesNotContain("Heliotrope", reference.Name!, StringComparison.Ordinal));

    [Fact]
    public void Folders_of_the_server_use_only_those_they_may()
    {
        var used = UsedArrows();
        Assert.True(used.Count > 30);
        Assert.All(used, arrow => Assert.True(Arrows.TryGetValue(arrow.From, out var allowed) && allowed.Contains(arrow.To), $"{arrow.From} -> {arrow.To} in {arrow.Path}"));
    }

    [Fact]
    public void Each_migration_exists_for_both_engines()
    {
        var sqlite = Migrations.ScriptsFor("Sqlite");
        var postgres = Migrations.ScriptsFor("Postgres");
        Assert.NotEmpty(sqlite);
        Assert.Equal(sqlite.Select(s => s.Name), postgres.Select(s => s.Name));
        Assert.Equal(Enumerable.Range(1, sqlite.Count), sqlite.Select(s => s.Number));
    }

    private static List<(string From, string To, string Path)> UsedArrows() =>
        [.. from source in Sources.Of(".cs", ".razor")
            let user = source.Path.Split(Path.DirectorySeparatorChar)[0]
            from Match match in Using().Matches(source.Text)
            let to = match.Groups[1].Value
            where user != to && source.Path.Contains(Path.DirectorySeparatorChar)
            select (user, to, source.Path)];

    [GeneratedRegex(@"(--[\w-]+)\s*:")]
    private static partial Regex Property();

    [GeneratedRegex(@"var\((--[\w-]+)")]
    private static partial Regex Used();

    [GeneratedRegex(@"(?m)^@?using Heliotrope\.Server\.(\w+)")]
    private static partial Regex Using();
}
