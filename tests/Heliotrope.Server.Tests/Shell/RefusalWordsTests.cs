using System.Globalization;
using System.Text.RegularExpressions;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Server.People;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Spam;
using Heliotrope.Server.Tags;
using Heliotrope.Server.Teams;

namespace Heliotrope.Server.Tests.Shell;

public partial class RefusalWordsTests
{
    /// <summary>Codes without words, and why nobody at a page needs any.</summary>
    private static readonly Dictionary<string, string> Wordless = new()
    {
        ["macro.unknown"] = "a page of its own says that nothing is there",
        ["play.unknown"] = "a page of its own says that nothing is there",
        ["play.no-reply"] = "a page of its own says that nothing is there",
        ["next-question.unknown"] = "a page of its own says that nothing is there",
        ["article.unknown"] = "a page of its own says that nothing is there",
        ["attachment.unknown"] = "a page of its own says that nothing is there",
        ["conversation.unknown"] = "a page of its own says that nothing is there",
        ["outbox.unknown"] = "a page of its own says that nothing is there",
        ["quarantine.unknown"] = "a page of its own says that nothing is there",
        ["role.insufficient"] = "a page of its own says that it is not open",
        ["setup.closed"] = "a page of its own says that the link does not open anything",
        ["confidence.gone"] = "the customer's page has words of its own, in their language",
        ["smarthost.missing"] = "the outbox says so by itself",
        ["after.malformed"] = "only the API asks this way",
        ["limit.out-of-range"] = "only the API asks this way",
        ["span.malformed"] = "only the API asks this way",
        ["state.unknown"] = "only the API asks this way",
        ["by.unknown"] = "only the API asks this way",
        ["apikey.unknown"] = "only the API asks this way",
        ["customer.unknown"] = "only the API asks this way",
        ["replay.invalid"] = "only the command line plays files",
        ["replay.known"] = "only the command line plays files",
        ["replay.elsewhere"] = "only the command line plays files",
        ["replay.not-asked"] = "only the command line plays files",
        ["replay.no-story"] = "only the command line plays files",
        ["replay.not-stored"] = "only the command line plays files",
        ["team.missing"] = "a page of its own says that nothing is there",
        ["brand.missing"] = "a page of its own says that nothing is there",
        ["brand.template"] = "only the API asks this way",
        ["brand.language"] = "only the API asks this way",
        ["driver.missing"] = "a page of its own says that nothing is there",
        ["page.malformed"] = "only our own script asks this way",
        ["draft.newer"] = "the composer says so in words of its own",
        ["undo.too-late"] = "the page shows that it has left",
        ["upload.unknown"] = "a picture that is not there has no words",
        ["import.no-file"] = "only the command line names files by their path",
        ["import.unknown"] = "a page of its own says that nothing is there",
        ["life-event.missing"] = "a page of its own says that nothing is there",
        ["mail-service.unknown"] = "a page of its own says that nothing is there",
        ["mail.empty"] = "only the API takes mail",
        ["recipient.unknown"] = "only the API takes mail",
    };

    private static readonly HashSet<string> Codes = [.. FromSources()];

    [Fact]
    public void Each_refusal_that_a_person_can_meet_has_words_in_every_language()
    {
        Assert.True(Codes.Count > 30);
        var silent = from tag in Languages.All.Select(language => language.Tag)
                     from code in Codes.Except(Wordless.Keys)
                     where Said(tag, code) is null or ""
                     select $"{tag}: refusal.{code}";

        Assert.Empty(silent);
    }

    [Fact]
    public void Nothing_is_excused_that_has_words_or_is_gone()
    {
        Assert.Empty(Wordless.Keys.Except(Codes));
        Assert.All(Wordless.Keys, code => Assert.Equal("", Said("en", code)));
    }

    [Fact]
    public void No_words_are_left_of_a_refusal_that_is_gone()
    {
        var english = Words.Resources.GetResourceSet(CultureInfo.InvariantCulture, true, false)!;
        var kept = english.Cast<System.Collections.DictionaryEntry>().Select(word => (string)word.Key).Where(key => key.StartsWith("refusal.", StringComparison.Ordinal));

        Assert.Empty(kept.Select(key => key["refusal.".Length..]).Except(Codes));
    }

    [Fact]
    public void Limits_in_words_are_those_in_force()
    {
        Holds("reply.too-long", Conversation.MaxText);
        Holds("note.too-long", Conversation.MaxText);
        Holds("article.title", Heliotrope.Server.Help.Article.MaxTitle);
        Holds("article.text", Heliotrope.Server.Help.Article.MaxText);
        Holds("subject.malformed", Conversation.MaxSubject);
        Holds("password.too-short", PasswordRules.MinLength);
        Holds("password.too-long", PasswordRules.MaxLength);
        Holds("cc.too-many", Copies.Most);
        Holds("bcc.too-many", Copies.Most);
        Holds("files.too-many", Heliotrope.Server.Conversations.Files.Most);
        Holds("files.too-large", (int)(Heliotrope.Server.Conversations.Files.MostBytes / 1024 / 1024));
        Holds("macro.name", Heliotrope.Server.Macros.Macro.MaxName);
        Holds("macro.too-many", Heliotrope.Server.Macros.Macro.MostInAll);
        Holds("play.title", Heliotrope.Server.Plays.Play.MaxTitle);
        Holds("play.steps", Heliotrope.Server.Plays.Play.MostSteps);
        Holds("play.steps", Heliotrope.Server.Plays.Play.MaxStep);
        Holds("play.too-many", Heliotrope.Server.Plays.Play.MostInAll);
        Holds("next-question.too-long", Heliotrope.Server.NextQuestion.NextAnswer.MaxText);
        Holds("forward.too-many", Copies.Most);
        Holds("days.out-of-range", ChangeSilence.MostDays);
        Holds("seconds.out-of-range", ChangeUndo.MostSeconds);
        Holds("tag.malformed", Tag.LongestName);
        Holds("tag.too-many", ChangeTags.MostOnOne);
        Holds("tag.all-taken", ChangeTags.MostInAll);
        Holds("sender.too-many", ChangeBlockedSenders.Most);
        Holds("mail-service.too-many", Heliotrope.Server.MailServices.MailService.MostInAll);
        Holds("team.too-many", ListTeams.Most);
        Holds("driver.too-many", ChangeDrivers.Most);
        Holds("brand.too-many", Heliotrope.Server.Brands.ListBrands.Most);
        Holds("target.out-of-range", ChangeTeam.MostMinutes / 60);

        static void Holds(string code, int limit) => Assert.All(Languages.All, language =>
            Assert.Contains(limit.ToString(CultureInfo.InvariantCulture), Said(language.Tag, code), StringComparison.Ordinal));
    }

    [Fact]
    public void Each_language_that_is_guessed_has_a_name() => Assert.All(LanguageGuess.Languages, guessed =>
        Assert.NotNull(Words.Resources.GetString("language." + guessed, CultureInfo.InvariantCulture)));

    /// <summary>What the person reads; nothing where it would be the English sentence for programs.</summary>
    private static string Said(string tag, string code)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(tag);
            return Words.OfRefusal(new Refusal(RefusalKind.Invalid, code, ""));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    // A code made of two parts is written as "{what}.empty": what is refused that way is told where it is called.
    private static IEnumerable<string> FromSources() =>
        from path in Directory.EnumerateFiles(Path.Combine(Sources.Root, "src"), "*.cs", SearchOption.AllDirectories)
        where !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
        from Match match in Made().Matches(File.ReadAllText(path))
        let code = match.Groups["code"].Value
        from whole in code.StartsWith("{what}", StringComparison.Ordinal) ? new[] { "reply", "note" }.Select(what => what + code["{what}".Length..]) : [code]
        select whole;

    [GeneratedRegex("""(?:RefusalKind\.\w+,|Refusal\.Invalid\(|\bInvalid\()\s*\$?"(?<code>[a-z{][a-z{}-]*\.[a-z-]+)"(?=,)""")]
    private static partial Regex Made();
}
