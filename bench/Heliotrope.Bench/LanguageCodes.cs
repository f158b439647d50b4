namespace Heliotrope.Bench;

/// <summary>The languages that we can tell, by their three letters.</summary>
public static class LanguageCodes
{
    private const string Pairs =
        "arb:ar azj:az bel:be bul:bg ben:bn cat:ca ces:cs dan:da deu:de ell:el eng:en spa:es est:et eus:eu pes:fa fin:fi fra:fr guj:gu heb:he hin:hi hrv:hr hun:hu hye:hy "
        + "isl:is ita:it jpn:ja kat:ka khm:km kan:kn kor:ko ckb:ku lao:lo lit:lt lvs:lv lav:lv mal:ml mar:mr zlm:ms ind:ms mya:my nld:nl nob:no nno:no ori:or pan:pa pol:pl "
        + "por:pt ron:ro rus:ru sin:si slk:sk slv:sl als:sq srp:sr swe:sv tam:ta tel:te tha:th tgl:tl tur:tr ukr:uk urd:ur vie:vi yor:yo cmn:zh";

    /// <summary>ISO 639-3 and ISO 639-1. Indonesian is told as Malay, and both kinds of Norwegian as one.</summary>
    public static IReadOnlyDictionary<string, string> Known { get; } =
        Pairs.Split(' ').Select(pair => pair.Split(':')).ToDictionary(pair => pair[0], pair => pair[1]);
}
