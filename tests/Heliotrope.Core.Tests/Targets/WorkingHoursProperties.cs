using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Targets;
using NodaTime;

namespace Heliotrope.Core.Tests.Targets;

/// <summary>Any hours in zones of all kinds, at times around the days on which their clocks change.</summary>
public sealed class WorkingHoursProperties
{
    private static readonly string[] Zones =
        ["UTC", "Europe/Berlin", "Europe/London", "America/New_York", "America/Sao_Paulo", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata", "Asia/Kathmandu", "Africa/Casablanca", "Asia/Gaza", "Antarctica/Troll", "Pacific/Apia", "Pacific/Kiritimati"];

    private static readonly string[] Days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    private static readonly Dictionary<string, DateTimeOffset[]> Changes = Zones.ToDictionary(zone => zone, ChangesOf);

    internal static readonly Arbitrary<Case> Cases = Arb.From(
        from zone in Gen.Elements(Zones)
        from change in Gen.Elements(Changes[zone])
        from nights in Gen.Elements(true, false)
        from week in Spans(nights).ArrayOf(7)
        from holidays in Gen.Choose(-4, 4).ArrayOf(2)
        from yearly in Gen.Elements(true, false)
        from a in Moment(change)
        from b in Moment(change)
        from c in Moment(change)
        from seconds in Gen.OneOf(Gen.Choose(0, 40_000), Gen.Choose(0, 2_000_000), Gen.Constant(0))
        from more in Gen.Choose(0, 30_000)
        select new Case(
            WorkingHours.Parse(zone, Text(week), string.Join('\n', holidays.Select(d => change.AddDays(d).ToString(yearly ? "MM-dd" : "yyyy-MM-dd 'Rest'", null)))).Value,
            change, new[] { a, b, c }.Order().ToArray(), TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(more)));

    [Fact]
    public void The_whole_is_the_sum_of_its_parts() => Holds(x =>
        x.Hours.Between(x.A, x.B) + x.Hours.Between(x.B, x.C) == x.Hours.Between(x.A, x.C)
        && x.Hours.Between(x.A, x.C) <= x.C - x.A
        && (x.A == x.B || x.Hours.Between(x.B, x.A) == TimeSpan.Zero));

    [Fact]
    public void What_is_due_is_due_within_the_hours() => Holds(x =>
    {
        var due = x.Hours.Add(x.A, x.Working);
        return due >= x.A && (x.Hours.IsOpen(due) || (x.Working > TimeSpan.Zero && x.Hours.IsOpen(due.AddTicks(-1))));
    });

    [Fact]
    public void Between_undoes_add() => Holds(x => x.Hours.Between(x.A, x.Hours.Add(x.A, x.Working)) == x.Working);

    [Fact]
    public void Who_waits_longer_is_due_no_later() => Holds(x => x.Hours.Add(x.A, x.Working) <= x.Hours.Add(x.B, x.Working));

    [Fact]
    public void More_time_is_due_no_earlier_and_may_be_added_in_parts() => Holds(x =>
    {
        var (less, more) = (x.Hours.Add(x.A, x.Working), x.Hours.Add(x.A, x.Working + x.More));
        return less <= more && (x.More == TimeSpan.Zero || x.Hours.Add(less, x.More) == more);
    });

    [Fact]
    public void The_next_opening_is_open_and_nothing_before_it_is() => Holds(x =>
        x.Hours.Add(x.A, TimeSpan.Zero) is var next && x.Hours.IsOpen(next) && x.Hours.Between(x.A, next) == TimeSpan.Zero
        && x.Hours.IsOpen(x.A) == (next == x.A));

    [Fact]
    public void The_plain_form_reads_back_equal() => Holds(x =>
        WorkingHours.Parse(x.Hours.Zone, x.Hours.Hours, x.Hours.Holidays).Value is var again && again.Equals(x.Hours)
        && (again.Zone, again.Hours, again.Holidays) == (x.Hours.Zone, x.Hours.Hours, x.Hours.Holidays)
        && again.Between(x.A, x.C) == x.Hours.Between(x.A, x.C));

    [Fact]
    public void It_opens_and_closes_as_the_clock_on_the_wall_says_minute_by_minute() => Prop.ForAll(Cases, x =>
    {
        var door = new WatchedDoor(x.Hours, x.Change);
        var minutes = door.Minutes.ToArray();
        return minutes.All(m => x.Hours.IsOpen(m.At.AddSeconds(m.At.Minute % 2 * 59)) == m.Open)
            && x.Hours.Between(minutes[0].At, minutes[^1].At) == TimeSpan.FromMinutes(minutes.SkipLast(1).Count(m => m.Open));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Whatever_is_typed_is_read_or_refused() => Prop.ForAll(Garbage, typed =>
    {
        var (zone, hours, holidays) = (WorkingHours.Parse(typed, "Mon 09:00-10:00", ""), WorkingHours.Parse("UTC", typed, ""), WorkingHours.Parse("UTC", "Mon 09:00-10:00", typed));
        return (zone.Refusal?.Field is null or "zone") && IsWhole(hours, "hours") && IsWhole(holidays, "holidays");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static readonly Arbitrary<string> Garbage = Arb.From(
        Gen.Elements("Mon", "fri", "-", "–", ",", ";", " ", "\n", "09:00", "17:30", "24:00", "00:00", "22:00-06:00", "9:00-12:00", "12-25", "2026-12-24", "02-30", "Day", ":", "7", "\0", "\ud83c", "🌻", "٣")
            .ArrayOf().Select(string.Concat));

    private static bool IsWhole(Result<WorkingHours> result, string field) => result.Match(
        hours => WorkingHours.Parse(hours.Zone, hours.Hours, hours.Holidays).Value.Equals(hours),
        refusal => refusal.Field == field && refusal.Code == $"{field}.malformed" && refusal.Detail.Length > 0);

    private static void Holds(Func<Case, bool> law) => Prop.ForAll(Cases, law).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    /// <summary>Spans of a day in order. With nights, the day begins at six and its last span may run on until then.</summary>
    private static Gen<string> Spans(bool nights) =>
        from count in Gen.Choose(0, 6)
        from cuts in Gen.OneOf(Gen.Choose(nights ? 24 : 0, 95).Select(q => q * 15), Gen.Choose(nights ? 360 : 0, 1_439), Gen.Choose(nights ? 360 : 0, nights ? 400 : 240)).ArrayOf(count)
        from night in Gen.Choose(0, 360)
        select Text(cuts.Distinct().Order().ToArray(), nights ? night : 1_440);

    private static string Text(int[] cuts, int last) => string.Join(' ', cuts.Append(last).Chunk(2).Where(p => p.Length == 2 && p[0] != p[1]).Select(p => $"{Clock(p[0])}-{Clock(p[1])}"));

    private static string Text(string[] week) =>
        week.All(spans => spans.Length == 0) ? "Wed 01:30-02:45" : string.Join(';', week.Select((spans, day) => spans.Length == 0 ? "" : $"{Days[day]} {spans}"));

    private static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";

    private static Gen<DateTimeOffset> Moment(DateTimeOffset change) => Gen.OneOf(
        Gen.Choose(-300, 300).Select(m => change.AddMinutes(m)),
        Gen.Choose(-8_000, 8_000).Select(m => change.AddMinutes(m)),
        Gen.Choose(-500_000_000, 500_000_000).Select(ms => change.AddMilliseconds(ms).AddTicks(ms % 7)));

    private static DateTimeOffset[] ChangesOf(string zone)
    {
        var found = DateTimeZoneProviders.Tzdb[zone].GetZoneIntervals(Instant.FromUtc(2009, 1, 1, 0, 0), Instant.FromUtc(2029, 1, 1, 0, 0))
            .Skip(1).Select(i => i.Start.ToDateTimeOffset()).ToArray();
        return found.Length > 0 ? found : [new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero)];
    }

    internal sealed record Case(WorkingHours Hours, DateTimeOffset Change, DateTimeOffset[] Moments, TimeSpan Working, TimeSpan More)
    {
        public DateTimeOffset A => Moments[0];

        public DateTimeOffset B => Moments[1];

        public DateTimeOffset C => Moments[2];

        public override string ToString() => $"{Hours} closed {Hours.Holidays.ReplaceLineEndings(", ")}; {A:O} {B:O} {C:O}, {Working} and {More}; the clock changes {Change:O}";
    }
}
