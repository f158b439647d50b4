using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Imports;

/// <summary>Something that was said at another desk, ready to be said again here.</summary>
/// <param name="Voice">Theirs, Ours or Note.</param>
/// <param name="By">Who says it, when it is one of us.</param>
/// <param name="Theirs">The message, when it is the customer's side.</param>
/// <param name="Text">The words, when it is one of us.</param>
/// <param name="MessageId">The Message-ID of an answer; null when unknown.</param>
/// <param name="At">When (UTC).</param>
public sealed record SaidThere(Voice Voice, Actor By, InboundMessage? Theirs, string Text, string? MessageId, DateTimeOffset At)
{
    /// <summary>The raw mail that an answer was; null when it is not there.</summary>
    public long? RawMail { get; init; }

    /// <summary>Who else got an answer that was a mail.</summary>
    public IReadOnlyList<Customers.EmailAddress> Cc { get; init; } = [];

    /// <summary>The files of an answer that was a mail.</summary>
    public IReadOnlyList<Attachment> Files { get; init; } = [];
}

/// <summary>
/// Lets a conversation of another desk happen again: its messages go through the same rules as at ours, each at its own time, so that
/// every figure is counted from the dates and none is taken over.
/// </summary>
/// <param name="Rules">When answers are due.</param>
/// <param name="SilentAfterDays">After how many days without a word a customer counts as silent.</param>
/// <param name="Now">Now (UTC).</param>
public sealed record History(AnswerRules Rules, int SilentAfterDays, DateTimeOffset Now)
{
    /// <summary>Plays what was said, in the order of its times.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="said">What was said; none of it before what the conversation holds already.</param>
    /// <returns>The entries, one for each, in the order of <paramref name="said"/>.</returns>
    public IReadOnlyList<Entry> Play(Conversation conversation, IReadOnlyList<SaidThere> said)
    {
        var entries = new Entry[said.Count];
        foreach (var index in Enumerable.Range(0, said.Count).OrderBy(i => said[i].At)) // a stable order: what has the same time stays as it was given
        {
            var each = said[index];
            FallSilent(conversation, each.At);
            entries[index] = each.Voice switch
            {
                Voice.Theirs or Voice.AsItsAuthor => conversation.Receive(each.Theirs!, each.At, Rules),
                Voice.Ours => conversation.AnsweredElsewhere(each.By, new(each.Text, each.Cc, [], each.Files), each.MessageId, each.At, each.RawMail),
                Voice.Note => conversation.NotedElsewhere(each.By, each.Text, each.At),
            };
        }

        return entries;
    }

    /// <summary>Leaves the conversation as it stands at the other desk, and lets silence go on until now.</summary>
    /// <param name="conversation">The conversation, played.</param>
    /// <param name="standing">How it stands there.</param>
    /// <param name="resolvedAt">When it was resolved there; null when that is not said: then with the last word.</param>
    public void End(Conversation conversation, Standing standing, DateTimeOffset? resolvedAt)
    {
        var last = conversation.LastActivityAt;
        var known = standing is Standing.AsItsMessages ? StandingOf(conversation) : standing;
        if (known is Standing.Resolved && !conversation.IsResolved)
        {
            var at = resolvedAt is { } said && said > last && said <= Now ? said : last;
            FallSilent(conversation, at);
            conversation.Resolve(Actor.System, at);
        }
        else if (known is Standing.Open && conversation.State is not ConversationState.Open)
        {
            conversation.OpenElsewhere(last, Rules);
        }
        else if (known is Standing.Waiting && conversation.State is ConversationState.Open)
        {
            conversation.WaitingElsewhere();
        }

        FallSilent(conversation, Now);
    }

    /// <summary>Where nobody says how it stands: whoever spoke last has done their part, and what nobody touched for long is over.</summary>
    private Standing StandingOf(Conversation conversation) =>
        Now - conversation.LastActivityAt > Conversation.LongOver ? Standing.Resolved
        : conversation.State is ConversationState.Open ? Standing.Open
        : Standing.Waiting;

    private void FallSilent(Conversation conversation, DateTimeOffset until)
    {
        if (conversation.LastAnswerAt?.AddDays(SilentAfterDays) is { } at && at <= until && conversation.HappinessEnd is null)
        {
            conversation.FallSilent(at);
        }
    }
}
