using System.Text;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Moments;
using Heliotrope.Core.Recovery;

namespace Heliotrope.Server.Figures;

/// <summary>Figures as bytes, for the database that wrote them alone: another version of them is read one by one again.</summary>
internal static class Packed
{
    /// <summary>Goes up when what is packed changes.</summary>
    private const byte Format = 1;

    public static byte[] Of(IReadOnlyCollection<MatterFigures> matters)
    {
        using var bytes = new MemoryStream(matters.Count * 40);
        using (var to = new BinaryWriter(bytes, Encoding.UTF8))
        {
            to.Write(Format);
            to.Write7BitEncodedInt(matters.Count);
            foreach (var m in matters)
            {
                Write(to, m);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads them into a list. False when another version wrote them.</summary>
    public static bool Read(byte[] packed, List<MatterFigures> into)
    {
        using var from = new BinaryReader(new MemoryStream(packed), Encoding.UTF8);
        if (from.ReadByte() != Format)
        {
            return false;
        }

        var count = from.Read7BitEncodedInt();
        into.EnsureCapacity(into.Count + count);
        for (var i = 0; i < count; i++)
        {
            into.Add(Read(from));
        }

        return true;
    }

    private static void Write(BinaryWriter to, MatterFigures m)
    {
        to.Write7BitEncodedInt64(m.Number);
        to.Write7BitEncodedInt64(m.StartedMicro);
        to.Write7BitEncodedInt64(m.EndedMicro < 0 ? 0 : m.EndedMicro - m.StartedMicro + 1);
        to.Write((byte)(((int?)m.End + 1) ?? 0));
        to.Write((byte)m.Channel);
        to.Write((byte)(((int?)m.Grade + 1) ?? 0));
        to.Write(m.Score);
        to.Write((byte)(((int?)m.Recovery + 1) ?? 0));
        to.Write(m.StepsMissed);
        to.Write((byte)((m.FirstOnTime is { } first ? first ? 2 : 1 : 0) | (m.Demo ? 4 : 0)));
        foreach (var number in (ReadOnlySpan<int>)[m.NextOnTime, m.NextLate, m.Hold + 1, m.Transfers, m.Repeats, m.ReAsks, m.ChannelSwitches, m.BotLoops, m.RecoverySeconds + 1, m.Team, m.Driver, m.Person])
        {
            to.Write7BitEncodedInt(number);
        }
    }

    // What stands here is read in the order in which it is written: initializers run from the first to the last.
    private static MatterFigures Read(BinaryReader from)
    {
        var (number, started, took) = (from.Read7BitEncodedInt64(), from.Read7BitEncodedInt64(), from.Read7BitEncodedInt64());
        var (end, channel, grade) = (from.ReadByte(), from.ReadByte(), from.ReadByte());
        var (score, recovery, missed, flags) = (from.ReadSByte(), from.ReadByte(), from.ReadByte(), from.ReadByte());
        return new()
        {
            Number = number,
            StartedMicro = started,
            EndedMicro = took == 0 ? -1 : started + took - 1,
            End = end == 0 ? null : (HappinessEnd)(end - 1),
            Channel = (Channel)channel,
            Grade = grade == 0 ? null : (MomentGrade)(grade - 1),
            Score = score,
            Recovery = recovery == 0 ? null : (RecoveryState)(recovery - 1),
            StepsMissed = missed,
            FirstOnTime = (flags & 3) == 0 ? null : (flags & 3) == 2,
            Demo = (flags & 4) != 0,
            NextOnTime = from.Read7BitEncodedInt(),
            NextLate = from.Read7BitEncodedInt(),
            Hold = from.Read7BitEncodedInt() - 1,
            Transfers = from.Read7BitEncodedInt(),
            Repeats = from.Read7BitEncodedInt(),
            ReAsks = from.Read7BitEncodedInt(),
            ChannelSwitches = from.Read7BitEncodedInt(),
            BotLoops = from.Read7BitEncodedInt(),
            RecoverySeconds = from.Read7BitEncodedInt() - 1,
            Team = from.Read7BitEncodedInt(),
            Driver = from.Read7BitEncodedInt(),
            Person = from.Read7BitEncodedInt(),
        };
    }
}
