using Heliotrope.Core.Assignment;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Tests.LifeEvents;

public sealed class LifeEventRulesTests
{
    private static readonly DateTimeOffset Told = new(2026, 5, 3, 14, 20, 0, TimeSpan.Zero);

    private static LifeFacts Facts(LifeEvent kind = LifeEvent.Bereavement) => new(kind, false, false, false, false, false, []);

    private static Colleague Somebody(long id) => new(id, $"Colleague {id}", true, 0, 10, [], [], false, null);

    private static CustomerLifeEvent Open(LifeEvent kind = LifeEvent.Bereavement) => CustomerLifeEvent.Open(1, 7, kind, "", null, Told);

    [Fact]
    public void After_a_death_there_is_more_to_do_than_after_a_separation()
    {
        Assert.Equal([LifeStep.Answered, LifeStep.Cancelled, LifeStep.Refunded, LifeStep.Returned, LifeStep.Card], LifeSteps.Left(Facts()));
        Assert.Equal([LifeStep.Answered], LifeSteps.Left(Facts(LifeEvent.Divorce)));
        Assert.Equal([LifeStep.Answered, LifeStep.Proof], LifeSteps.Left(Facts(LifeEvent.Hardship) with { ProofAsked = true }));
    }

    [Fact]
    public void What_can_be_seen_is_seen_and_the_rest_is_said()
    {
        var steps = LifeSteps.Of(Facts() with { Answered = true, Cancelled = true, RefundSeen = true, Said = [LifeStep.Card] });
        Assert.Equal(
            [new(LifeStep.Answered, true, true), new(LifeStep.Cancelled, true, true), new(LifeStep.Refunded, true, true), new(LifeStep.Returned, false, false), new StepState(LifeStep.Card, true, false)], steps);
        Assert.Equal("life-event.step", Open().Take(LifeStep.Answered, "Priya", "", Told)!.Code);
    }

    [Fact]
    public void A_step_that_is_done_anyway_joins_those_that_belong() => Assert.Contains(new(LifeStep.Card, true, false), LifeSteps.Of(Facts(LifeEvent.Divorce) with { Said = [LifeStep.Card] }));

    [Fact]
    public void A_proof_is_asked_for_once_and_comes_after_it_was_asked_for()
    {
        var life = Open();
        Assert.Equal("life-event.proof-unasked", life.Take(LifeStep.Proof, "Priya", "", Told)!.Code);
        Assert.Null(life.AskProof("Priya", Told));
        Assert.Equal("life-event.proof-asked", life.AskProof("Tom", Told)!.Code);
        Assert.Null(life.Take(LifeStep.Proof, "Priya", "A letter.", Told));
        Assert.Equal((Told, "Priya"), (life.ProofReceivedAt, life.ProofReceivedBy));
    }

    [Fact]
    public void Everything_is_cancelled_once_and_whoever_was_first_did_it()
    {
        var life = Open();
        Assert.True(life.Cancel("Priya", "Beans", Told));
        Assert.False(life.Cancel("Tom", "", Told.AddDays(1)));
        Assert.Equal((Told, "Priya", "Beans"), (life.CancelledAt, life.CancelledBy, life.CancelledWhat));
    }

    [Fact]
    public void Mail_stays_stopped_for_two_weeks_after_the_end_and_for_good_after_a_death_with_everything_cancelled()
    {
        var (illness, death, mistake) = (Open(LifeEvent.Illness), Open(), Open());
        death.Cancel("Priya", "", Told);
        Assert.True(illness.StopsAt(Told.AddYears(1)));
        illness.Close("Priya", Told);
        death.Close("Priya", Told);
        mistake.Drop("Priya", Told);
        Assert.Equal((true, false), (illness.StopsAt(Told.AddDays(13)), illness.StopsAt(Told.AddDays(15))));
        Assert.True(death.StopsAt(Told.AddYears(3)));
        Assert.False(mistake.StopsAt(Told));
    }

    [Fact]
    public void It_is_checked_every_day_while_it_is_open_and_once_more_after_its_end()
    {
        var life = Open();
        Assert.Equal(Told.AddDays(1), life.CheckAt);
        Assert.Equal((1, Told.AddDays(2)), (life.Check(1, Told.AddDays(1)), life.CheckAt));
        Assert.Equal(0, life.Check(1, Told.AddDays(2)));
        Assert.Null(life.Close("Priya", Told.AddDays(3)));
        Assert.Equal("life-event.ended", life.Close("Priya", Told.AddDays(3))!.Code);
        life.Check(1, Told.AddDays(3));
        Assert.Equal(Told.AddDays(17), life.CheckAt);
        life.Check(2, Told.AddDays(17));
        Assert.Null(life.CheckAt);
    }

    [Fact]
    public void Only_what_went_since_then_slipped_and_only_what_was_charged_after_the_end()
    {
        var slips = Verification.Of(
            Told, Told.AddDays(1),
            [new(Told.AddMinutes(-1), "Before", 7, true), new(Told.AddMinutes(1), "Taken back", 7, false), new(Told.AddMinutes(2), "Is it resolved?", 7, true)],
            [new(Told, "Paid before", 4990), new(Told.AddDays(2), "Refund", -4990), new(Told.AddDays(2), "Beans", 4990), new(Told.AddDays(3), "parcel.sent", null)]);
        Assert.Equal(
            [new(SlipKind.Mail, Told.AddMinutes(2), "Is it resolved?", 7), new(SlipKind.Billed, Told.AddDays(2), "Beans", null), new Slip(SlipKind.Delivered, Told.AddDays(3), "parcel.sent", null)], slips);
        Assert.Empty(Verification.Of(Told, null, [], [new(Told.AddDays(2), "Beans", 4990)]));
    }

    [Fact]
    public void The_trained_are_chosen_as_always_and_where_none_has_room_the_one_with_the_emptiest_hands()
    {
        var best = TrainedColleague.Choose(new("de", null), [Somebody(1) with { Languages = ["en"] }, Somebody(2) with { Languages = ["de"], Open = 5 }])!;
        Assert.Equal((2, ChosenBecause.Trained), (best.Colleague.Id, best.Because[0]));
        Assert.Equal(4, TrainedColleague.Choose(new(null, null), [Somebody(3) with { Open = 12 }, Somebody(4) with { AtWork = false, Open = 2 }])!.Colleague.Id);
        Assert.Null(TrainedColleague.Choose(new(null, null), []));
    }

    [Fact]
    public void Two_that_turn_out_to_be_one_keep_all_that_was_done()
    {
        var (kept, other) = (Open(), CustomerLifeEvent.Open(2, 9, LifeEvent.Bereavement, "", null, Told.AddDays(-1)));
        other.Cancel("Tom", "Beans", Told);
        other.Take(LifeStep.Card, "Tom", "", Told);
        other.Add(FamilyContact.Of("Ana Ashby", " Ana@client.example ", "daughter", "Tom", Told).Value);
        kept.TakeOver(other);
        Assert.Equal((Told.AddDays(-1), 7L, "Tom"), (kept.OpenedAt, kept.ConversationNumber, kept.CancelledBy));
        Assert.Equal([LifeStep.Card], kept.Steps.Select(s => s.Step));
        Assert.Equal("ana@client.example", Assert.Single(kept.Contacts).Address);
        Assert.Equal("life-event.contact-address", FamilyContact.Of("Ana", "nowhere", "", "Tom", Told).Refusal!.Code);
    }
}
