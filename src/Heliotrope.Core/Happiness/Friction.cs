using System.Globalization;
using Heliotrope.Core.Coach;
using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Happiness;

/// <summary>What made it hard for the customer, counted from what happened (docs/method.md, A1). Nobody estimates it.</summary>
/// <param name="Hold">From the customer's first word to the first answer of a person; null while no person has answered, or no customer has written.</param>
/// <param name="Transfers">Changes of the person or the team that had it. Who gets it first takes it up: that is none.</param>
/// <param name="Repeats">How often the customer wrote again before a person had answered, or had to say the same thing again after one had.</param>
/// <param name="ReAsks">Questions of ours whose answer they had given in this conversation already.</param>
/// <param name="ChannelSwitches">How often the customer went on in another channel.</param>
/// <param name="BotLoops">How often they answered automatic words before a person came.</param>
public sealed record Friction(TimeSpan? Hold, int Transfers, int Repeats, int ReAsks, int ChannelSwitches, int BotLoops)
{
    /// <summary>None yet.</summary>
    public static Friction None { get; } = new(null, 0, 0, 0, 0, 0);

    /// <summary>All that is counted and not timed.</summary>
    public int Count => Transfers + Repeats + ReAsks + ChannelSwitches + BotLoops;

    /// <summary>That of two matters that become one: whoever had both was met by both, and the longer wait counts.</summary>
    /// <param name="other">The other.</param>
    /// <returns>The friction of both.</returns>
    public Friction With(Friction other) => new(
        Hold is null || other.Hold > Hold ? other.Hold ?? Hold : Hold, Transfers + other.Transfers, Repeats + other.Repeats, ReAsks + other.ReAsks, ChannelSwitches + other.ChannelSwitches, BotLoops + other.BotLoops);

    /// <summary>As the event of a merge keeps it: counted anew in one row, an answer in one of them would hide that nobody answered in the other.</summary>
    public string Kept => string.Create(CultureInfo.InvariantCulture, $"{(long)(Hold?.TotalSeconds ?? -1)} {Transfers} {Repeats} {ReAsks} {ChannelSwitches} {BotLoops}");

    /// <summary>Counts the friction of a conversation.</summary>
    /// <param name="history">What happened, in any order.</param>
    /// <returns>The friction.</returns>
    public static Friction Of(IEnumerable<Happened> history)
    {
        var count = new Counting();
        foreach (var happened in Happened.InOrder(history))
        {
            count.Take(happened);
        }

        return count.Friction;
    }

    private sealed class Counting
    {
        private readonly List<string> _told = [];
        private readonly SaidAgain _said = new();
        private DateTimeOffset? _started;
        private bool _waits;
        private bool _automatic;
        private Channel? _channel;
        private string? _holder;
        private string? _team;
        private DateTimeOffset? _movedAt;

        public Friction Friction { get; private set; } = None;

        public void Take(Happened happened)
        {
            if (happened.IsCustomers)
            {
                Hear(happened);
            }
            else if (happened.IsAnswer)
            {
                Answer(happened);
            }
            else if (happened.IsAutomatic)
            {
                _automatic = true;
            }
            else if (happened.IsEvent("assigned", "given"))
            {
                Hold(happened.Detail.Split(Conversation.GivenBecause)[0], happened.At);
            }
            else if (happened.IsEvent("team"))
            {
                GoTo(happened.Detail, happened.At);
            }
            else if (happened.IsEvent("merged") && happened.Detail.Split(Conversation.GivenBecause) is [_, var kept] && kept.Split(' ') is { Length: 6 } parts)
            {
                Keep([.. parts.Select(part => long.TryParse(part, CultureInfo.InvariantCulture, out var number) ? number : 0)]);
            }
        }

        /// <summary>What both had before they became one is not lost.</summary>
        private void Keep(long[] kept) => Friction = new(
            kept[0] >= 0 && (Friction.Hold is null || Friction.Hold < TimeSpan.FromSeconds(kept[0])) ? TimeSpan.FromSeconds(kept[0]) : Friction.Hold,
            Most(Friction.Transfers, kept[1]), Most(Friction.Repeats, kept[2]), Most(Friction.ReAsks, kept[3]), Most(Friction.ChannelSwitches, kept[4]), Most(Friction.BotLoops, kept[5]));

        private static int Most(int counted, long kept) => (int)Math.Max(counted, Math.Min(kept, int.MaxValue));

        private void Hear(Happened message)
        {
            _started ??= message.At;
            if (_channel is { } before && before != message.Channel)
            {
                Friction = Friction with { ChannelSwitches = Friction.ChannelSwitches + 1 };
            }

            _channel = message.Channel;
            if (!ThanksReading.ClosesWithThanks(message.Text))
            {
                if (_automatic && Friction.Hold is null)
                {
                    Friction = Friction with { BotLoops = Friction.BotLoops + 1 };
                }
                else if (_waits || _said.Is(message.Text))
                {
                    Friction = Friction with { Repeats = Friction.Repeats + 1 };
                }

                _waits = true;
            }

            _automatic = false;
            _told.Add(message.Text);
            _said.Remember(message.Text);
        }

        private void Answer(Happened answer)
        {
            if (_started is { } started)
            {
                Friction = Friction with { Hold = Friction.Hold ?? answer.At - started, ReAsks = Friction.ReAsks + AskedBefore.Count(answer.Text, _told) };
            }

            (_waits, _automatic) = (false, false);
            Hold(answer.Name, answer.At);
        }

        /// <summary>Somebody has it now, or speaks in it: another name is another person to the customer.</summary>
        private void Hold(string name, DateTimeOffset at)
        {
            if (_holder is not null && _holder != name)
            {
                Move(at);
            }

            _holder = name;
        }

        private void GoTo(string team, DateTimeOffset at)
        {
            // The first team that is named sorts what nobody has yet.
            if (_team is not null ? _team != team : _holder is not null)
            {
                Move(at);
            }

            _team = team;
        }

        /// <summary>A person and a team that change in one act are one change.</summary>
        private void Move(DateTimeOffset at)
        {
            if (_movedAt != at)
            {
                Friction = Friction with { Transfers = Friction.Transfers + 1 };
            }

            _movedAt = at;
        }
    }
}
