/* SPDX-License-Identifier: ISC */
/* Emoji by the names that Hugo's enableEmoji takes: those in common use. */
#include "md_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* No pointers: a table of them would have to be relocated at every start. */
struct emoji {
	char name[38], text[36];
};

/* clang-format off */
static const struct emoji emoji[] = { /* sorted by name */
	{"+1", "👍"}, {"-1", "👎"}, {"100", "💯"}, {"1234", "🔢"},
	{"1st_place_medal", "🥇"}, {"2nd_place_medal", "🥈"},
	{"3rd_place_medal", "🥉"}, {"a", "🅰\357\270\217"}, {"abacus", "🧮"},
	{"abc", "🔤"}, {"abcd", "🔡"}, {"accept", "🉑"},
	{"adhesive_bandage", "🩹"}, {"airplane", "✈\357\270\217"},
	{"alarm_clock", "⏰"}, {"alien", "👽"}, {"anchor", "⚓"},
	{"angry", "😠"}, {"ant", "🐜"}, {"apple", "🍎"},
	{"arrow_down", "⬇\357\270\217"}, {"arrow_forward", "▶\357\270\217"},
	{"arrow_heading_down", "⤵\357\270\217"},
	{"arrow_heading_up", "⤴\357\270\217"}, {"arrow_left", "⬅\357\270\217"},
	{"arrow_right", "➡\357\270\217"}, {"arrow_right_hook", "↪\357\270\217"},
	{"arrow_up", "⬆\357\270\217"}, {"arrow_upper_right", "↗\357\270\217"},
	{"arrows_counterclockwise", "🔄"}, {"art", "🎨"}, {"astonished", "😲"},
	{"atom_symbol", "⚛\357\270\217"}, {"avocado", "🥑"},
	{"b", "🅱\357\270\217"}, {"baby", "👶"}, {"baby_chick", "🐤"},
	{"back", "🔙"}, {"balloon", "🎈"},
	{"ballot_box_with_check", "☑\357\270\217"}, {"banana", "🍌"},
	{"bangbang", "‼\357\270\217"}, {"bar_chart", "📊"},
	{"basketball", "🏀"}, {"battery", "🔋"}, {"bear", "🐻"}, {"bee", "🐝"},
	{"beer", "🍺"}, {"beers", "🍻"}, {"beetle", "🪲"}, {"bell", "🔔"},
	{"bike", "🚲"}, {"bird", "🐦"}, {"birthday", "🎂"},
	{"black_circle", "⚫"}, {"black_heart", "🖤"},
	{"black_large_square", "⬛"}, {"blue_heart", "💙"}, {"blush", "😊"},
	{"bomb", "💣"}, {"book", "📖"}, {"bookmark", "🔖"}, {"books", "📚"},
	{"boom", "💥"}, {"boy", "👦"}, {"brain", "🧠"}, {"bread", "🍞"},
	{"brick", "🧱"}, {"bricks", "🧱"}, {"broken_heart", "💔"},
	{"bug", "🐛"}, {"bulb", "💡"}, {"bus", "🚌"},
	{"bust_in_silhouette", "👤"}, {"busts_in_silhouette", "👥"},
	{"butterfly", "🦋"}, {"cactus", "🌵"}, {"cake", "🍰"},
	{"calendar", "📆"}, {"call_me_hand", "🤙"}, {"camel", "🐫"},
	{"camera", "📷"}, {"candle", "🕯\357\270\217"}, {"candy", "🍬"},
	{"car", "🚗"}, {"card_file_box", "🗃\357\270\217"}, {"cat", "🐱"},
	{"cd", "💿"}, {"chains", "⛓\357\270\217"}, {"champagne", "🍾"},
	{"chart", "💹"}, {"chart_with_downwards_trend", "📉"},
	{"chart_with_upwards_trend", "📈"}, {"checkered_flag", "🏁"},
	{"cheese", "🧀"}, {"cherry_blossom", "🌸"}, {"chicken", "🐔"},
	{"christmas_tree", "🎄"}, {"clap", "👏"}, {"clapper", "🎬"},
	{"clipboard", "📋"}, {"cloud", "☁\357\270\217"}, {"clown_face", "🤡"},
	{"cn", "🇨🇳"}, {"cocktail", "🍸"}, {"coffee", "☕"}, {"cold_face", "🥶"},
	{"cold_sweat", "😰"}, {"collision", "💥"}, {"compass", "🧭"},
	{"computer", "💻"}, {"confetti_ball", "🎊"}, {"confused", "😕"},
	{"construction", "🚧"}, {"construction_worker", "👷"}, {"cookie", "🍪"},
	{"cool", "🆒"}, {"cop", "👮"}, {"copyright", "©\357\270\217"},
	{"corn", "🌽"}, {"cow", "🐮"}, {"cowboy_hat_face", "🤠"},
	{"crab", "🦀"}, {"credit_card", "💳"}, {"crossed_fingers", "🤞"},
	{"crown", "👑"}, {"cry", "😢"}, {"crystal_ball", "🔮"}, {"dart", "🎯"},
	{"date", "📅"}, {"de", "🇩🇪"}, {"deciduous_tree", "🌳"},
	{"desert_island", "🏝\357\270\217"},
	{"desktop_computer", "🖥\357\270\217"}, {"detective", "🕵\357\270\217"},
	{"diamond_shape_with_a_dot_inside", "💠"}, {"disappointed", "😞"},
	{"disappointed_relieved", "😥"}, {"dizzy", "💫"}, {"dna", "🧬"},
	{"dog", "🐶"}, {"dollar", "💵"}, {"dolphin", "🐬"}, {"doughnut", "🍩"},
	{"dragon", "🐉"}, {"dragon_face", "🐲"}, {"droplet", "💧"},
	{"drum", "🥁"}, {"duck", "🦆"}, {"dvd", "📀"}, {"eagle", "🦅"},
	{"ear", "👂"}, {"earth_africa", "🌍"}, {"earth_americas", "🌎"},
	{"earth_asia", "🌏"}, {"egg", "🥚"},
	{"eight", "8\357\270\217\342\203\243"}, {"electric_plug", "🔌"},
	{"elephant", "🐘"}, {"email", "✉\357\270\217"},
	{"envelope", "✉\357\270\217"},
	{"es", "🇪🇸"}, {"eu", "🇪🇺"}, {"euro", "💶"}, {"evergreen_tree", "🌲"},
	{"exclamation", "❗"}, {"exploding_head", "🤯"},
	{"expressionless", "😑"}, {"eyes", "👀"}, {"facepalm", "🤦"},
	{"factory", "🏭"}, {"family", "👪"}, {"fast_forward", "⏩"},
	{"fearful", "😨"}, {"feet", "🐾"}, {"file_cabinet", "🗄\357\270\217"},
	{"file_folder", "📁"}, {"fire", "🔥"}, {"fireworks", "🎆"},
	{"fish", "🐟"}, {"fist", "✊"}, {"five", "5\357\270\217\342\203\243"},
	{"flashlight", "🔦"}, {"floppy_disk", "💾"}, {"flushed", "😳"},
	{"foot", "🦶"}, {"footprints", "👣"},
	{"four", "4\357\270\217\342\203\243"}, {"four_leaf_clover", "🍀"},
	{"fox_face", "🦊"}, {"fr", "🇫🇷"}, {"free", "🆓"}, {"fries", "🍟"},
	{"frog", "🐸"}, {"fuelpump", "⛽"}, {"full_moon", "🌕"},
	{"game_die", "🎲"}, {"gb", "🇬🇧"}, {"gear", "⚙\357\270\217"},
	{"gem", "💎"}, {"ghost", "👻"}, {"gift", "🎁"}, {"girl", "👧"},
	{"globe_with_meridians", "🌐"}, {"goat", "🐐"}, {"grapes", "🍇"},
	{"green_circle", "🟢"}, {"green_heart", "💚"}, {"green_square", "🟩"},
	{"grey_question", "❔"}, {"grin", "😁"}, {"grinning", "😀"},
	{"guardsman", "💂"}, {"guitar", "🎸"}, {"hamburger", "🍔"},
	{"hammer", "🔨"}, {"hammer_and_wrench", "🛠\357\270\217"},
	{"hamster", "🐹"}, {"hand", "✋"}, {"handshake", "🤝"},
	{"hash", "#\357\270\217\342\203\243"}, {"hatching_chick", "🐣"},
	{"headphones", "🎧"}, {"hear_no_evil", "🙉"},
	{"heart", "❤\357\270\217"}, {"heart_eyes", "😍"},
	{"heavy_check_mark", "✔\357\270\217"}, {"heavy_exclamation_mark", "❗"},
	{"heavy_minus_sign", "➖"}, {"heavy_multiplication_x", "✖\357\270\217"},
	{"heavy_plus_sign", "➕"}, {"helicopter", "🚁"}, {"herb", "🌿"},
	{"high_brightness", "🔆"}, {"honeybee", "🐝"}, {"hook", "🪝"},
	{"horse", "🐴"}, {"hospital", "🏥"}, {"hot_face", "🥵"},
	{"hot_pepper", "🌶\357\270\217"}, {"hourglass", "⌛"},
	{"hourglass_flowing_sand", "⏳"}, {"house", "🏠"}, {"hugs", "🤗"},
	{"imp", "👿"}, {"inbox_tray", "📥"}, {"infinity", "♾\357\270\217"},
	{"information_source", "ℹ\357\270\217"}, {"innocent", "😇"},
	{"interrobang", "⁉\357\270\217"}, {"iphone", "📱"}, {"it", "🇮🇹"},
	{"jack_o_lantern", "🎃"}, {"jigsaw", "🧩"}, {"joy", "😂"},
	{"joystick", "🕹\357\270\217"}, {"jp", "🇯🇵"}, {"key", "🔑"},
	{"keyboard", "⌨\357\270\217"}, {"keycap_ten", "🔟"},
	{"kissing_heart", "😘"}, {"koala", "🐨"}, {"kr", "🇰🇷"},
	{"label", "🏷\357\270\217"}, {"ladder", "🪜"},
	{"large_blue_circle", "🔵"}, {"laughing", "😆"},
	{"leftwards_arrow_with_hook", "↩\357\270\217"}, {"lemon", "🍋"},
	{"link", "🔗"}, {"lion", "🦁"}, {"lips", "👄"}, {"lock", "🔒"},
	{"loudspeaker", "📢"}, {"love_you_gesture", "🤟"},
	{"low_brightness", "🔅"}, {"mag", "🔍"}, {"mag_right", "🔎"},
	{"mage", "🧙"}, {"magnet", "🧲"}, {"mailbox", "📫"}, {"man", "👨"},
	{"man_technologist", "👨\342\200\215💻"}, {"maple_leaf", "🍁"},
	{"mask", "😷"}, {"medal_sports", "🏅"}, {"mega", "📣"}, {"memo", "📝"},
	{"metal", "🤘"}, {"microbe", "🦠"}, {"microphone", "🎤"},
	{"microscope", "🔬"}, {"minidisc", "💽"}, {"money_mouth_face", "🤑"},
	{"moneybag", "💰"}, {"monkey_face", "🐵"}, {"monocle_face", "🧐"},
	{"moon", "🌔"}, {"mountain", "⛰\357\270\217"}, {"mouse", "🐭"},
	{"mouse_three_button", "🖱\357\270\217"}, {"movie_camera", "🎥"},
	{"muscle", "💪"}, {"mushroom", "🍄"}, {"musical_note", "🎵"},
	{"nail_care", "💅"}, {"nerd_face", "🤓"}, {"neutral_face", "😐"},
	{"new", "🆕"}, {"new_moon", "🌑"}, {"newspaper", "📰"},
	{"nine", "9\357\270\217\342\203\243"}, {"ninja", "🥷"},
	{"no_bell", "🔕"}, {"no_entry", "⛔"}, {"no_entry_sign", "🚫"},
	{"nose", "👃"}, {"notebook", "📓"}, {"notes", "🎶"},
	{"nut_and_bolt", "🔩"}, {"o", "⭕"}, {"ocean", "🌊"}, {"octopus", "🐙"},
	{"office", "🏢"}, {"ok", "🆗"}, {"ok_hand", "👌"}, {"older_man", "👴"},
	{"older_woman", "👵"}, {"one", "1\357\270\217\342\203\243"},
	{"open_file_folder", "📂"}, {"open_hands", "👐"}, {"open_mouth", "😮"},
	{"orange_circle", "🟠"}, {"orange_heart", "🧡"}, {"outbox_tray", "📤"},
	{"owl", "🦉"}, {"package", "📦"}, {"page_facing_up", "📄"},
	{"palm_tree", "🌴"}, {"palms_up_together", "🤲"}, {"panda_face", "🐼"},
	{"paperclip", "📎"}, {"parking", "🅿\357\270\217"},
	{"part_alternation_mark", "〽\357\270\217"}, {"partying_face", "🥳"},
	{"paw_prints", "🐾"}, {"peace_symbol", "☮\357\270\217"},
	{"peach", "🍑"}, {"pencil", "✏"}, {"pencil2", "✏\357\270\217"},
	{"penguin", "🐧"}, {"performing_arts", "🎭"}, {"persevere", "😣"},
	{"phone", "☎\357\270\217"}, {"pig", "🐷"}, {"pill", "💊"},
	{"pizza", "🍕"}, {"play_or_pause_button", "⏯\357\270\217"},
	{"pleading_face", "🥺"}, {"point_down", "👇"}, {"point_left", "👈"},
	{"point_right", "👉"}, {"point_up", "☝\357\270\217"},
	{"point_up_2", "👆"}, {"poop", "💩"}, {"pray", "🙏"},
	{"printer", "🖨\357\270\217"}, {"punch", "👊"}, {"purple_circle", "🟣"},
	{"purple_heart", "💜"}, {"pushpin", "📌"}, {"puzzle_piece", "🧩"},
	{"question", "❓"}, {"rabbit", "🐰"}, {"radio_button", "🔘"},
	{"rage", "😡"}, {"rainbow", "🌈"}, {"raised_hand", "✋"},
	{"raised_hands", "🙌"}, {"recycle", "♻\357\270\217"},
	{"red_circle", "🔴"}, {"red_square", "🟥"},
	{"registered", "®\357\270\217"}, {"relaxed", "☺\357\270\217"},
	{"relieved", "😌"}, {"repeat", "🔁"}, {"rewind", "⏪"}, {"ring", "💍"},
	{"robot", "🤖"}, {"rocket", "🚀"}, {"rofl", "🤣"}, {"roll_eyes", "🙄"},
	{"rooster", "🐓"}, {"rose", "🌹"}, {"rotating_light", "🚨"},
	{"round_pushpin", "📍"}, {"ru", "🇷🇺"}, {"runner", "🏃"},
	{"santa", "🎅"}, {"satellite", "🛰\357\270\217"}, {"school", "🏫"},
	{"scissors", "✂\357\270\217"}, {"scream", "😱"}, {"scroll", "📜"},
	{"see_no_evil", "🙈"}, {"seedling", "🌱"}, {"selfie", "🤳"},
	{"seven", "7\357\270\217\342\203\243"}, {"shark", "🦈"},
	{"sheep", "🐑"}, {"shield", "🛡\357\270\217"}, {"ship", "🚢"},
	{"shrug", "🤷"}, {"shushing_face", "🤫"}, {"signal_strength", "📶"},
	{"six", "6\357\270\217\342\203\243"}, {"skull", "💀"},
	{"sleeping", "😴"}, {"sleepy", "😪"}, {"slightly_smiling_face", "🙂"},
	{"small_blue_diamond", "🔹"}, {"small_orange_diamond", "🔸"},
	{"smile", "😄"}, {"smiley", "😃"},
	{"smiling_face_with_three_hearts", "🥰"}, {"smiling_imp", "😈"},
	{"smirk", "😏"}, {"snail", "🐌"}, {"snake", "🐍"},
	{"snowflake", "❄\357\270\217"}, {"sob", "😭"}, {"soccer", "⚽"},
	{"soon", "🔜"}, {"sos", "🆘"}, {"sparkles", "✨"},
	{"sparkling_heart", "💖"}, {"speak_no_evil", "🙊"},
	{"speaking_head", "🗣\357\270\217"}, {"speech_balloon", "💬"},
	{"spider", "🕷\357\270\217"}, {"spider_web", "🕸\357\270\217"},
	{"star", "⭐"}, {"star2", "🌟"}, {"star_struck", "🤩"}, {"stars", "🌠"},
	{"steam_locomotive", "🚂"}, {"stop_button", "⏹\357\270\217"},
	{"stop_sign", "🛑"}, {"stopwatch", "⏱\357\270\217"},
	{"straight_ruler", "📏"}, {"strawberry", "🍓"}, {"sun_with_face", "🌞"},
	{"sunflower", "🌻"}, {"sunglasses", "😎"}, {"sunny", "☀\357\270\217"},
	{"superhero", "🦸"}, {"sweat", "😓"}, {"sweat_smile", "😅"},
	{"symbols", "🔣"}, {"syringe", "💉"}, {"t-rex", "🦖"}, {"taco", "🌮"},
	{"tada", "🎉"}, {"tea", "🍵"}, {"technologist", "🧑\342\200\215💻"},
	{"telephone", "☎\357\270\217"}, {"telescope", "🔭"}, {"tent", "⛺"},
	{"test_tube", "🧪"}, {"thinking", "🤔"}, {"thought_balloon", "💭"},
	{"three", "3\357\270\217\342\203\243"}, {"thumbsdown", "👎"},
	{"thumbsup", "👍"}, {"tiger", "🐯"}, {"tired_face", "😫"},
	{"tm", "™\357\270\217"}, {"tomato", "🍅"}, {"tongue", "👅"},
	{"toolbox", "🧰"}, {"tractor", "🚜"}, {"train", "🚋"},
	{"triangular_flag_on_post", "🚩"}, {"triangular_ruler", "📐"},
	{"trident", "🔱"}, {"triumph", "😤"}, {"trophy", "🏆"}, {"truck", "🚚"},
	{"trumpet", "🎺"}, {"tulip", "🌷"}, {"turtle", "🐢"}, {"tv", "📺"},
	{"two", "2\357\270\217\342\203\243"}, {"two_hearts", "💕"},
	{"umbrella", "☂\357\270\217"}, {"unamused", "😒"}, {"unicorn", "🦄"},
	{"unlock", "🔓"}, {"up", "🆙"}, {"upside_down_face", "🙃"},
	{"us", "🇺🇸"}, {"v", "✌\357\270\217"}, {"vertical_traffic_light", "🚦"},
	{"video_camera", "📹"}, {"video_game", "🎮"}, {"violin", "🎻"},
	{"volcano", "🌋"}, {"vulcan_salute", "🖖"},
	{"warning", "⚠\357\270\217"}, {"wastebasket", "🗑\357\270\217"},
	{"watch", "⌚"}, {"watermelon", "🍉"}, {"wave", "👋"}, {"weary", "😩"},
	{"whale", "🐳"}, {"whale2", "🐋"}, {"wheelchair", "♿"},
	{"white_check_mark", "✅"}, {"white_circle", "⚪"},
	{"white_large_square", "⬜"}, {"wine_glass", "🍷"}, {"wink", "😉"},
	{"wolf", "🐺"}, {"woman", "👩"},
	{"woman_technologist", "👩\342\200\215💻"}, {"woozy_face", "🥴"},
	{"world_map", "🗺\357\270\217"}, {"worried", "😟"}, {"wrench", "🔧"},
	{"writing_hand", "✍\357\270\217"}, {"x", "❌"}, {"yawning_face", "🥱"},
	{"yellow_circle", "🟡"}, {"yellow_heart", "💛"},
	{"yin_yang", "☯\357\270\217"}, {"yum", "😋"}, {"zany_face", "🤪"},
	{"zap", "⚡"}, {"zero", "0\357\270\217\342\203\243"},
	{"zipper_mouth_face", "🤐"}, {"zombie", "🧟"},
};
/* clang-format on */

static int
compare(const void *key, const void *item)
{
	return strcmp(key, ((const struct emoji *)item)->name);
}

const char *
md_emoji_find(const char *name, size_t len)
{
	char key[40];
	const struct emoji *e;

	if (len >= sizeof(key))
		return NULL;
	memcpy(key, name, len);
	key[len] = '\0';
	e = bsearch(key, emoji, NITEMS(emoji), sizeof(*e), compare);
	return e ? e->text : NULL;
}

/* The ":name:" at s, or 0: its length; *to gets what it stands for. */
static size_t
emoji_at(const char *s, size_t len, const char **to)
{
	size_t i = 1;

	while (i < len && i < 40 && s[i] != ':' && s[i] > ' ')
		i++;
	if (i == 1 || i >= len || s[i] != ':')
		return 0;
	*to = md_emoji_find(s + 1, i - 1);
	return *to ? i + 1 : 0;
}

bool
md_source_emoji(struct buf *b, const char *s, size_t len)
{
	const char *end = s + len, *from = s, *to;
	size_t n;
	bool any = false;

	while (s < end && (s = memchr(s, ':', (size_t)(end - s)))) {
		n = emoji_at(s, (size_t)(end - s), &to);
		if (n > 0) {
			buf_add(b, from, (size_t)(s - from));
			buf_puts(b, to);
			from = s + n;
			any = true;
		}
		s += n ? n : 1;
	}
	if (any)
		buf_add(b, from, (size_t)(end - from));
	return any;
}
