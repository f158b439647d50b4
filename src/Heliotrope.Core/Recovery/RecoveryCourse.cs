using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;

namespace Heliotrope.Core.Recovery;

/// <summary>
/// A recovery (docs/method.md, A2), told from what happened and nothing else. It opens with a complaint or a no, whoever noticed; only a
/// yes to both questions restores; a no opens it again. Of several in one conversation the newest counts.
/// </summary>
/// <param name="State">Where it has come to.</param>
/// <param name="OpenedAt">When it opened (UTC).</param>
/// <param name="EndedAt">When it was restored or lost (UTC); null while it is open.</param>
/// <param name="Wait">What it waits for; null when it is over.</param>
/// <param name="Steps">The five steps, in their order.</param>
/// <param name="OutsideCause">Who else caused it, such as a carrier; empty for nobody. It is ours to own all the same.</param>
public sealed record RecoveryCourse(RecoveryState State, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt, RecoveryWait? Wait, IReadOnlyList<RecoveryStep> Steps, string OutsideCause)
{
    /// <summary>The longest name of an outside cause, in characters.</summary>
    public const int MaxCause = 80;

    /// <summary>The longest words about a fix, in characters.</summary>
    public const int MaxFix = 500;

    /// <summary>Follows a conversation.</summary>
    /// <param name="history">What happened, in any order.</param>
    /// <param name="complaint">Whether it reads as a complaint, or a colleague said so: it counts where no entry says when that was noticed.</param>
    /// <returns>The recovery; null when there is none.</returns>
    public static RecoveryCourse? Of(IEnumerable<Happened> history, bool complaint)
    {
        var course = new Following(Happened.InOrder(history), complaint);
        return course.OpenedAt is { } opened ? new(course.State, opened, course.EndedAt, course.State is RecoveryState.Open ? course.Wait : null, RecoverySteps.Of(course.History, opened), course.Cause) : null;
    }

    private sealed class Following
    {
        private bool _saidNo;
        private bool _waits;
        private bool _fixed;

        public Following(IReadOnlyList<Happened> history, bool complaint)
        {
            History = history;
            var noted = !complaint || history.Any(h => h.IsEvent("recovery-opened", "recovery-dropped"));
            foreach (var happened in history)
            {
                if (!noted && happened.IsCustomers)
                {
                    Open(happened.At);
                    noted = true;
                }

                Take(happened);
            }
        }

        public IReadOnlyList<Happened> History { get; }

        public RecoveryState State { get; private set; }

        public DateTimeOffset? OpenedAt { get; private set; }

        public DateTimeOffset? EndedAt { get; private set; }

        public string Cause { get; private set; } = "";

        public RecoveryWait Wait => _saidNo ? RecoveryWait.SaidNo : _waits ? RecoveryWait.Answer : _fixed ? RecoveryWait.Confidence : RecoveryWait.Fix;

        private void Take(Happened happened)
        {
            if (happened.IsCustomers)
            {
                if (!ThanksReading.ClosesWithThanks(happened.Text))
                {
                    _waits = true;
                    State = State is RecoveryState.Lost ? RecoveryState.Open : State;
                }
            }
            else if (happened.IsAnswer)
            {
                (_waits, _saidNo) = (false, false);
            }
            else
            {
                Note(happened);
            }

            EndedAt = State is RecoveryState.Open ? null : EndedAt;
        }

        private void Note(Happened happened)
        {
            if (happened.IsEvent("recovery-opened") && (OpenedAt is null || State is not RecoveryState.Open))
            {
                Open(happened.At);
            }
            else if (happened.IsEvent("recovery-dropped"))
            {
                (OpenedAt, State, EndedAt) = (null, RecoveryState.Open, null);
            }
            else if (happened.IsEvent("not-resolved", "not-again"))
            {
                (OpenedAt, State, _saidNo, _fixed) = (OpenedAt ?? happened.At, RecoveryState.Open, true, _fixed && happened.IsEvent("not-again"));
            }
            else if (happened.IsEvent("asked-for-person"))
            {
                _waits = true;
            }
            else if (happened.IsEvent("confirmed") && OpenedAt is not null)
            {
                (State, EndedAt, _saidNo, _waits) = (RecoveryState.Restored, happened.At, false, false);
            }
            else if (happened.IsEvent("recovery-lost") && OpenedAt is not null && State is RecoveryState.Open)
            {
                (State, EndedAt) = (RecoveryState.Lost, happened.At);
            }
            else if (happened.IsEvent("fixed"))
            {
                _fixed = true;
            }
            else if (happened.IsEvent("outside-cause", "outside-cause-none"))
            {
                Cause = happened.Detail;
            }
        }

        private void Open(DateTimeOffset at) => (OpenedAt, State, EndedAt, _fixed) = (at, RecoveryState.Open, null, false);
    }
}
