using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>The parts of ISO 8859 that the framework lacks, given by how they differ from ISO 8859-1.</summary>
internal static class ExtraCharsets
{
    private static readonly Dictionary<string, string> Upper = new(StringComparer.OrdinalIgnoreCase)
    {
        // From 0xA0 on, 96 characters each.
        ["iso-8859-10"] = "\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ",
        ["iso-8859-14"] = "\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ",
        ["iso-8859-16"] = "\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ",
    };

    public static bool Knows(string name) => Upper.ContainsKey(name);

    public static string? TryDecode(string name, ReadOnlySpan<byte> bytes)
    {
        if (!Upper.TryGetValue(name, out var upper))
        {
            return null;
        }
        var text = new StringBuilder(bytes.Length);
        foreach (var b in bytes)
        {
            text.Append(b < 0xA0 ? (char)b : upper[b - 0xA0]);
        }
        return text.ToString();
    }
}
