/**
 * The type of every graphic, from files that ship with the app. Import this once wherever graphics are drawn; the
 * preview and the export then set the same words in the same shapes.
 */
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/literata/opsz.css';
