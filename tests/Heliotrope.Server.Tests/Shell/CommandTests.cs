using System.Text.RegularExpressions;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Tests.Shell;

public partial class CommandTests
{
    private static string Scripts => Path.Combine(Sources.Root, "web", "src");

    [Fact]
    public void Every_command_has_words_and_a_name_of_its_own()
    {
        Assert.All(Command.All, command => Assert.NotEqual("keys." + command.Name, Words.T("keys." + command.Name)));
        Assert.Equal(Command.All.Count, Command.All.Select(command => command.Name).Distinct().Count());
        Assert.All(Command.All, command => Assert.Contains(command.Least, new[] { "light", "agent", "lead", "admin" }));
    }

    [Fact]
    public void No_key_is_taken_twice_in_one_place_and_none_begins_another()
    {
        var keyed = Command.All.Where(command => command.Key.Length > 0).ToList();
        Assert.All(keyed, command => Assert.DoesNotContain(keyed, other => other != command && Meet(command, other) && (other.Key == command.Key || other.Key.StartsWith(command.Key + " ", StringComparison.Ordinal))));
    }

    // A list and the conversation that is open beside it are one page.
    private static bool Meet(Command a, Command b) => a.WhileWriting == b.WhileWriting || a.Place is not Place.Composer;

    [Fact]
    public void Single_keys_never_act_while_somebody_writes() =>
        Assert.All(Command.All.Where(command => command.WhileWriting && command.Key != "Escape"), command => Assert.Matches("^(Mod|Alt)\\+", command.Key));

    [Fact]
    public void No_page_shows_a_key_that_is_not_in_the_list()
    {
        var caps = Command.All.SelectMany(command => command.Strokes.SelectMany(stroke => stroke)).Append("Esc").ToHashSet(StringComparer.Ordinal);
        var shown = (from source in Sources.Of(".razor")
                     from Match match in Shown().Matches(source.Text)
                     from cap in match.Groups[1].Value.Replace("@T(\"keys.ctrl\")", "Ctrl", StringComparison.Ordinal).Replace("@T(\"keys.alt\")", "Alt", StringComparison.Ordinal).Split(' ')
                     where !cap.Contains('@', StringComparison.Ordinal)
                     select (source.Path, cap)).ToList();
        Assert.NotEmpty(shown);
        Assert.All(shown, one => Assert.True(caps.Contains(one.cap), $"{one.Path} shows {one.cap}"));
    }

    [Fact]
    public void No_script_listens_to_a_letter_by_itself()
    {
        // Arrows, Enter and Escape move within what has the focus; letters mean commands, and those are in the list.
        var alone = from path in Directory.EnumerateFiles(Scripts, "*.ts")
                    from Match match in Letters().Matches(File.ReadAllText(path))
                    select $"{Path.GetFileName(path)}: {match.Value}";
        Assert.Empty(alone);
    }

    [Fact]
    public void What_a_script_knows_of_is_in_the_list()
    {
        var script = File.ReadAllText(Path.Combine(Scripts, "commands.ts"));
        var functions = Functions().Match(script).Groups[1].Value;
        var names = Names().Matches(functions).Select(match => match.Groups[1].Value.Trim('"')).ToList();
        Assert.True(names.Count > 10);
        Assert.All(names, name => Assert.Contains(Command.All, command => command.Name == name));
    }

    [GeneratedRegex(@"<kbd(?: class=""always"")?>([^<]+)</kbd>")]
    private static partial Regex Shown();

    [GeneratedRegex(@"\.key === ""[^""]""|\.code === ""Key\w""")]
    private static partial Regex Letters();

    [GeneratedRegex(@"(?s)const functions: Record<string, \(\) => unknown> = \{(.*?)\n\};")]
    private static partial Regex Functions();

    [GeneratedRegex(@"(?m)^  (""[\w-]+""|\w+)[:,]")]
    private static partial Regex Names();
}
