using Heliotrope.Core.Conversations;
using Heliotrope.Core.Imports;
using Heliotrope.Core.People;
using Heliotrope.Core.Reading;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Replies;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Imports;

/// <summary>Somebody of another desk, as far as a conversation needs them.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Email">Their address; empty when unknown.</param>
/// <param name="Staff">They answered customers.</param>
/// <param name="CustomerId">The customer that they are here.</param>
/// <param name="User">The account that they have here.</param>
internal sealed record KnownPerson(string Name, string Email, bool Staff, long? CustomerId, Actor? User);

/// <summary>A message with its words ready, and what is read in them.</summary>
/// <param name="Id">Its id there.</param>
/// <param name="Said">What is said.</param>
/// <param name="Reading">What was read in a customer's words; null for anything else.</param>
internal sealed record SpokenMessage(string Id, SaidThere Said, MessageReading? Reading);

/// <summary>The words of a message, whoever it turns out to be by.</summary>
/// <param name="Whole">All of them.</param>
/// <param name="Text">The new ones.</param>
/// <param name="Quoted">What they quote.</param>
/// <param name="Html">Cleaned HTML; null when there was none.</param>
/// <param name="Reading">What is read in the new ones; null in a dry run.</param>
internal sealed record SpokenWords(string Whole, string Text, string Quoted, string? Html, MessageReading? Reading)
{
    private const int MaxQuoted = 1_000_000;

    public static SpokenWords Of(ForeignMessage message, LearnedWords? learned)
    {
        // Where both are given, the text is what the other desk made of the HTML, and knows no more than it.
        var whole = (message.Text.Length > 0 ? message.Text : HtmlText.FromHtml(message.Html)).ReplaceLineEndings("\n").Trim().Storable(Conversation.MaxText);
        var parts = message.Voice is Voice.Note or Voice.Ours ? new(whole, "") : ReplyText.Split(whole);
        var (text, quoted) = parts.Reply.Length > 0 ? (parts.Reply, parts.Quoted) : (whole, "");
        var isOurs = learned is null || message.Voice is Voice.Note or Voice.Ours;
        return new(whole, text, quoted.Storable(MaxQuoted), isOurs || message.Html.Length == 0 ? null : HtmlCleaner.Clean(message.Html).Storable(MaxQuoted), isOurs ? null : learned!.Read(text));
    }
}

/// <summary>Makes words of what another desk exported: text of HTML, the new words without their quotes, files as links.</summary>
internal static class Spoken
{
    private const int MaxName = 200;

    /// <summary>All that a conversation says. Files become a note with links, after the message that they came with.</summary>
    public static IReadOnlyList<SpokenMessage> Of(ForeignConversation conversation, Func<string, KnownPerson?> find, IReadOnlyDictionary<ForeignMessage, SpokenWords> words, string filesWords)
    {
        var spoken = new List<SpokenMessage>();
        foreach (var message in conversation.Messages)
        {
            var person = find(message.AuthorId);
            var voice = VoiceOf(message, conversation, person);
            var by = person?.User ?? new Actor(ActorKind.System, null, NameOf(message, person), null);
            spoken.AddRange(voice is Voice.Theirs ? Theirs(message, conversation, person, words[message]) : Ours(message, voice, by, words[message]));
            if (message.Files.Count > 0)
            {
                var links = string.Join('\n', message.Files.Select(file => $"- [{Markdown.Escape(file.Name.Length > 0 ? file.Name : "?")}]({Address(file.Address)})"));
                spoken.Add(new(message.Id + "/files", new(Voice.Note, new(ActorKind.System, null, NameOf(message, person), null), null, $"{filesWords}\n\n{links}".Storable(Conversation.MaxText), null, message.At), null));
            }
        }

        return [.. spoken.DistinctBy(each => ImportStep.IdOf(each.Id))]; // an id that stands twice is the same message
    }

    private static Voice VoiceOf(ForeignMessage message, ForeignConversation conversation, KnownPerson? person) => message.Voice is not Voice.AsItsAuthor
        ? message.Voice
        : message.AuthorId == conversation.CustomerId || person is { Staff: false } ? Voice.Theirs : Voice.Ours;

    private static IEnumerable<SpokenMessage> Theirs(ForeignMessage message, ForeignConversation conversation, KnownPerson? person, SpokenWords words)
    {
        var isCustomer = message.AuthorId.Length == 0 || message.AuthorId == conversation.CustomerId;
        var inbound = new InboundMessage(NameOf(message, person), person?.Email ?? "", isCustomer, Machine: false, words.Text, words.Quoted, words.Html, null, null, []);
        yield return new(message.Id, new(Voice.Theirs, Actor.System, inbound, "", null, message.At), isCustomer ? words.Reading : null);
    }

    private static IEnumerable<SpokenMessage> Ours(ForeignMessage message, Voice voice, Actor by, SpokenWords words)
    {
        if (words.Whole.Length > 0)
        {
            yield return new(message.Id, new(voice, by, null, words.Whole, null, message.At), null);
        }
    }

    private static string NameOf(ForeignMessage message, KnownPerson? person) =>
        (person?.Name is { Length: > 0 } name ? name : message.AuthorName is { Length: > 0 } given ? given : message.AuthorId is { Length: > 0 } id ? $"#{id}" : "?").Storable(MaxName);

    private static string Address(string address) => address.Replace(" ", "%20", StringComparison.Ordinal).Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal);
}
