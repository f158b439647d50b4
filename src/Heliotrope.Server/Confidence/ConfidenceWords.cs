using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Heliotrope.Server.Confidence;

/// <summary>
/// Everything that the confidence check says to a customer, in their language. The words are in the resx files beside this one.
/// A key that ends in <c>By</c> names the colleague, its twin without it does not.
/// </summary>
internal static partial class ConfidenceWords
{
    /// <summary>Longer "names" are sentences, and we do not greet anybody with a sentence.</summary>
    private const int MaxGreeting = 60;

    internal static readonly ResourceManager Resources = new("Heliotrope.Server.Confidence.ConfidenceWords", typeof(ConfidenceWords).Assembly);

    /// <summary>The languages there are words for, as two-letter codes.</summary>
    public static IReadOnlyCollection<string> Languages { get; } = ["en", "de", "fr", "es", "it", "pt", "nl"];

    /// <summary>The words of the page.</summary>
    /// <param name="language">A language tag; one we have no words for gives English.</param>
    /// <param name="organisation">Who asks.</param>
    /// <param name="customerName">Who is asked; an address instead of a name, or nothing, greets nobody by name.</param>
    /// <param name="byName">The colleague who resolved it; may be empty.</param>
    /// <param name="subject">What it is about; may be empty.</param>
    /// <returns>The words, with the names in place.</returns>
    public static ConfidenceTexts Texts(string language, string organisation, string customerName, string byName, string subject)
    {
        var words = new Words(language, organisation, customerName, byName, subject);
        return new(
            words.Language, words.Named("Greeting"), words.By("Lead"), words.Subject.Length == 0 ? "" : words["About"],
            words["ResolvedQuestion"], words["ResolvedYes"], words["ResolvedNo"], words["AgainQuestion"], words["AgainYes"], words["AgainNo"],
            words["CommentLabel"], words.By("Send"), words["PersonHeading"], words.By("PersonLead"), words["PersonButton"],
            words["ThanksHeading"], words.By("ThanksLead"), words["ReopenedHeading"], words.By("ReopenedLead"), words["AskedHeading"], words.By("AskedLead"),
            words["GoneHeading"], words["GoneLead"], words["ChangeAnswer"], words.By("Fine"));
    }

    /// <summary>The mail that carries the link, as plain text.</summary>
    /// <param name="language">A language tag; one we have no words for gives English.</param>
    /// <param name="organisation">Who asks.</param>
    /// <param name="customerName">Who is asked; an address instead of a name, or nothing, greets nobody by name.</param>
    /// <param name="byName">The colleague who resolved it; may be empty.</param>
    /// <param name="subject">What it is about; may be empty.</param>
    /// <param name="link">Where both questions can be answered.</param>
    /// <returns>The subject and the text, with <c>\n</c> between lines.</returns>
    public static (string Subject, string Text) Mail(string language, string organisation, string customerName, string byName, string subject, string link)
    {
        var words = new Words(language, organisation, customerName, byName, subject);
        var about = words.Subject.Length == 0 ? "" : $"{words["About"]}\n\n";
        var text = $"""
            {words.Named("MailGreeting")}

            {words.By("MailLead")}

            {about}- {words["ResolvedQuestion"]}
            - {words["AgainQuestion"]}

            {words["MailLink"]}
            {link}

            {words["MailAnswer"]}

            {words.By("MailFine")}

            """;
        return (words[words.Subject.Length == 0 ? "MailSubject" : "MailSubjectAbout"], text.ReplaceLineEndings("\n"));
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();

    /// <summary>The words of one language, filled for one customer.</summary>
    private sealed class Words
    {
        private readonly CultureInfo _culture;
        private readonly string _organisation, _customer, _by;

        public Words(string language, string organisation, string customerName, string byName, string subject)
        {
            var code = language.Split('-', '_')[0].ToLowerInvariant();
            Language = Languages.Contains(code) ? code : "en";
            _culture = CultureInfo.GetCultureInfo(Language);
            (_organisation, _by, Subject) = (OneLine(organisation), OneLine(byName), OneLine(subject));
            var name = OneLine(customerName);

            // Addresses, links and "Smith, John" are not how anybody is spoken to.
            _customer = name.Length > MaxGreeting || name.AsSpan().ContainsAny('@', '/', ',') ? "" : name;
        }

        public string Language { get; }

        public string Subject { get; }

        /// <summary>Placeholders are filled in one pass, so that braces in a name stay what they are.</summary>
        public string this[string key] => Placeholder().Replace(
            Resources.GetString(key, _culture) ?? throw new MissingManifestResourceException($"There are no words for {key}."),
            match => match.Groups[1].Value switch
            {
                "customer" => _customer,
                "by" => _by,
                "organisation" => _organisation,
                "subject" => Subject,
                var other => throw new MissingManifestResourceException($"The words for {key} have an unknown placeholder {other}."),
            });

        public string By(string key) => this[_by.Length == 0 ? key : key + "By"];

        public string Named(string key) => this[_customer.Length == 0 ? key : key + "Named"];

        /// <summary>What strangers wrote must not begin lines of its own in our mail.</summary>
        private static string OneLine(string text) =>
            string.Join(' ', new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
