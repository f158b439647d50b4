namespace Heliotrope.Mail.Reading;

/// <summary>What one reading shares: the limits, what is left of them, and the defects found.</summary>
internal sealed class ReadContext(MailLimits limits, Spool? spool = null)
{
    public MailLimits Limits { get; } = limits;

    public DefectList Defects { get; } = new(limits.MaxDefects);

    public int Parts { get; set; }

    /// <summary>How many bytes may still be unpacked.</summary>
    public int Unpacked { get; set; } = limits.MaxUnpackedBytes;

    /// <summary>How many characters of plain text may still be kept.</summary>
    public int Text { get; set; } = limits.MaxTextChars;

    /// <summary>How many characters of HTML may still be kept.</summary>
    public int Html { get; set; } = limits.MaxTextChars;

    public void Defect(string code, string detail) => Defects.Add(code, detail);

    /// <summary>All the bytes of which <paramref name="slice"/> is what is held in memory.</summary>
    public PartBytes Bytes(ReadOnlyMemory<byte> slice) => spool?.Find(slice) ?? new PartBytes(slice);

    /// <summary>Decodes what has other parts or files within; what goes beyond the limit is left out.</summary>
    public ReadOnlyMemory<byte> Unpack(MimePart part)
    {
        var bytes = part.Decode(Unpacked, this);
        Unpacked -= bytes.Length;
        if (Unpacked == 0)
        {
            Defect("limit.unpacked", $"only {Limits.MaxUnpackedBytes} bytes were unpacked");
        }
        return bytes;
    }
}
