using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Tests.Reading;

public sealed class LanguageReadingTests
{
    [Theory]
    [InlineData("en", "I would like to return these shoes, they are too small.")]
    [InlineData("de", "Ich möchte diese Schuhe zurückgeben, sie sind zu klein.")]
    [InlineData("fr", "Je voudrais rendre ces chaussures, elles sont trop petites.")]
    [InlineData("es", "Quisiera devolver estos zapatos, me quedan pequeños.")]
    [InlineData("it", "Vorrei restituire queste scarpe, sono troppo piccole.")]
    [InlineData("pt", "Gostaria de devolver estes sapatos, são muito pequenos.")]
    [InlineData("nl", "Ik wil deze schoenen graag terugsturen, ze zijn te klein.")]
    [InlineData("sv", "Jag vill gärna lämna tillbaka skorna, de är för små.")]
    [InlineData("da", "Jeg vil gerne returnere disse sko, de er for små til mig.")]
    [InlineData("no", "Jeg ønsker å returnere disse skoene fordi de er altfor små.")]
    [InlineData("fi", "Haluaisin palauttaa nämä kengät, ne ovat liian pienet.")]
    [InlineData("pl", "Chciałbym zwrócić te buty, są za małe.")]
    [InlineData("cs", "Chtěl bych vrátit tyto boty, jsou mi příliš malé.")]
    [InlineData("sk", "Chcel by som vrátiť tieto topánky, sú mi príliš malé.")]
    [InlineData("hu", "Szeretném visszaküldeni ezt a cipőt, mert túl kicsi.")]
    [InlineData("ro", "Aș dori să returnez acești pantofi, sunt prea mici.")]
    [InlineData("tr", "Bu ayakkabıları iade etmek istiyorum, çok küçük geldi.")]
    [InlineData("hr", "Želio bih vratiti ove cipele jer su mi premale.")]
    [InlineData("sl", "Rad bi vrnil te čevlje, ker so mi premajhni.")]
    [InlineData("et", "Soovin need kingad tagastada, sest need on liiga väikesed.")]
    [InlineData("lt", "Norėčiau grąžinti šiuos batus, nes jie man per maži.")]
    [InlineData("lv", "Es vēlētos atgriezt šīs kurpes, jo tās ir par mazu.")]
    [InlineData("vi", "Tôi muốn trả lại đôi giày này vì nó quá nhỏ.")]
    [InlineData("ru", "Я хотел бы вернуть эти ботинки, они мне малы.")]
    [InlineData("uk", "Я хотів би повернути ці черевики, вони мені замалі.")]
    [InlineData("bg", "Искам да върна тези обувки, защото са ми малки.")]
    [InlineData("sr", "Желим да вратим ове ципеле јер су ми мале.")]
    [InlineData("el", "Θα ήθελα να επιστρέψω αυτά τα παπούτσια.")]
    [InlineData("he", "אני רוצה להחזיר את הנעליים האלה")]
    [InlineData("ar", "أريد إرجاع هذا الحذاء لأنه صغير جدا")]
    [InlineData("fa", "می‌خواهم این کفش‌ها را پس بدهم چون خیلی کوچک هستند")]
    [InlineData("th", "ฉันต้องการคืนรองเท้าคู่นี้")]
    [InlineData("ko", "이 신발을 반품하고 싶습니다.")]
    [InlineData("ja", "この靴を返品したいです。")]
    [InlineData("zh", "我想退掉这双鞋，太小了。")]
    [InlineData("ja", "iPhone 13の画面が割れました")]
    public void The_language_of_one_sentence_is_told(string language, string text) => Assert.Equal(language, LanguageReading.Of(text));

    [Theory]
    [InlineData("en", "where is my order")]
    [InlineData("en", "still not working")]
    [InlineData("de", "Wo bleibt das Paket")]
    [InlineData("de", "Vielen Dank!")]
    [InlineData("fr", "Où est mon colis ?")]
    [InlineData("es", "¿Dónde está mi pedido?")]
    [InlineData("it", "Dov'è il mio pacco?")]
    [InlineData("pt", "Onde está a minha encomenda?")]
    [InlineData("nl", "Waar is mijn pakket?")]
    [InlineData("en", "ＷＨＥＲＥ ＩＳ ＭＹ ＯＲＤＥＲ")]
    public void A_few_words_are_enough_in_the_languages_we_answer_in(string language, string text) => Assert.Equal(language, LanguageReading.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("   \r\n\t")]
    [InlineData("12345 67 89")]
    [InlineData("INV-2026/0042")]
    [InlineData("Priya Raghunathan")]
    [InlineData("John Smith\nAcme Corp")]
    [InlineData("var x = foo(bar); return x => x.y;")]
    [InlineData("https://example.com/der/die/das mailto:ich@und.du")]
    [InlineData("?!?! ... --- ***")]
    [InlineData("😀🎉")]
    [InlineData("\ud800\udc00\udfff")]
    [InlineData("> Das ist ein Zitat und nicht von mir.")]
    public void What_is_in_no_language_gives_none(string text) => Assert.Null(LanguageReading.Of(text));

    [Fact]
    public void A_quote_in_another_language_does_not_count() =>
        Assert.Equal("de", LanguageReading.Of("> Thank you for your order, it will be with you soon.\nDas Paket ist nicht da."));
}
